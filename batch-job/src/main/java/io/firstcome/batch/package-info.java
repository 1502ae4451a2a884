/** Jobs that start, do their work and end. */
@NullMarked
package io.firstcome.batch;

import org.jspecify.annotations.NullMarked;
