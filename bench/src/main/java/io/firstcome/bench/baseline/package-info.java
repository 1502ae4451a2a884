/** The usual designs, as they would be built with care, and the processes that run them and us. */
@NullMarked
package io.firstcome.bench.baseline;

import org.jspecify.annotations.NullMarked;
