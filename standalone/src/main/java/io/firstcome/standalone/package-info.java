@NullMarked
package io.firstcome.standalone;

import org.jspecify.annotations.NullMarked;
