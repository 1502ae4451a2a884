@NullMarked
package io.firstcome.api;

import org.jspecify.annotations.NullMarked;
