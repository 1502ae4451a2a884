/** Fills the history of a running product with participations that never happened. */
@NullMarked
package io.firstcome.standalone.seed;

import org.jspecify.annotations.NullMarked;
