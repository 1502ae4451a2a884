/** Reading JSON where a slip of the sender must not pass unnoticed. */
@NullMarked
package io.firstcome.api.json;

import org.jspecify.annotations.NullMarked;
