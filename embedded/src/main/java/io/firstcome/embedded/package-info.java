@NullMarked
package io.firstcome.embedded;

import org.jspecify.annotations.NullMarked;
