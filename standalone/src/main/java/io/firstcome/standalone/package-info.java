/** The whole product in one process on servers of its own: for a laptop, not for a sale. */
@NullMarked
package io.firstcome.standalone;

import org.jspecify.annotations.NullMarked;
