/** The servers that integration tests run on, and nothing else: no fixtures of the product. */
@NullMarked
package io.firstcome.testing;

import org.jspecify.annotations.NullMarked;
