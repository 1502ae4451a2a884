/** A real Kafka broker and a real MariaDB below one data folder. Knows nothing of the product. */
@NullMarked
package io.firstcome.embedded;

import org.jspecify.annotations.NullMarked;
