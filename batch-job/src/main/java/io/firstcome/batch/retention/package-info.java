/** Removes the records of runs that are long over. */
@NullMarked
package io.firstcome.batch.retention;

import org.jspecify.annotations.NullMarked;
