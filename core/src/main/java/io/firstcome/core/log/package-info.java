/** What stands in the log: topic names and the message format. */
@NullMarked
package io.firstcome.core.log;

import org.jspecify.annotations.NullMarked;
