/** Every error as a problem document (RFC 9457), whichever layer refuses. */
@NullMarked
package io.firstcome.api.problem;

import org.jspecify.annotations.NullMarked;
