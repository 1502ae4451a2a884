/** Reads what there is, and changes nothing. */
@NullMarked
package io.firstcome.operator.observe;

import org.jspecify.annotations.NullMarked;
