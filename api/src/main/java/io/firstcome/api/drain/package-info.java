/** How a process goes away without anybody's request failing. */
@NullMarked
package io.firstcome.api.drain;

import org.jspecify.annotations.NullMarked;
