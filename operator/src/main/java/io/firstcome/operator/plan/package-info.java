/** Decides what is to be done, from what was seen alone. */
@NullMarked
package io.firstcome.operator.plan;

import org.jspecify.annotations.NullMarked;
