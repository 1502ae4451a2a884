/** Doing something once although several processes could. */
@NullMarked
package io.firstcome.core.lock;

import org.jspecify.annotations.NullMarked;
