@NullMarked
package io.firstcome.testing;

import org.jspecify.annotations.NullMarked;
