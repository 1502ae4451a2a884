/** Who gets what: the one pure function that the consumer, the sync path and the audit all call. */
@NullMarked
package io.firstcome.core.rule;

import org.jspecify.annotations.NullMarked;
