@NullMarked
package io.firstcome.helm;

import org.jspecify.annotations.NullMarked;
