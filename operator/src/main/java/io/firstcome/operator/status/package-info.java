/** What people are told: conditions, reasons, events. */
@NullMarked
package io.firstcome.operator.status;

import org.jspecify.annotations.NullMarked;
