/** The topic in Kafka. */
@NullMarked
package io.firstcome.operator.topic;

import org.jspecify.annotations.NullMarked;
