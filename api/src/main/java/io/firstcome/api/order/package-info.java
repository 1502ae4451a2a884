/** Whether requests were decided in the order in which the log took them. */
@NullMarked
package io.firstcome.api.order;

import org.jspecify.annotations.NullMarked;
