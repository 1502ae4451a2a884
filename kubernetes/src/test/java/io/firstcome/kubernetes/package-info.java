/** The page for operators, run as it stands. */
@NullMarked
package io.firstcome.kubernetes;

import org.jspecify.annotations.NullMarked;
