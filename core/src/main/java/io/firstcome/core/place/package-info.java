/** A place in line and the signed request id that carries it. */
@NullMarked
package io.firstcome.core.place;

import org.jspecify.annotations.NullMarked;
