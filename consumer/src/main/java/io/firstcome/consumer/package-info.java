@NullMarked
package io.firstcome.consumer;

import org.jspecify.annotations.NullMarked;
