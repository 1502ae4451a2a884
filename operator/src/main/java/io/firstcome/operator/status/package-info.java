/** What a pass tells: the status, events, and when the next one is. */
@NullMarked
package io.firstcome.operator.status;

import org.jspecify.annotations.NullMarked;
