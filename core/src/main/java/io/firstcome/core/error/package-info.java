/** Every refusal and failure as a code with an owner. */
@NullMarked
package io.firstcome.core.error;

import org.jspecify.annotations.NullMarked;
