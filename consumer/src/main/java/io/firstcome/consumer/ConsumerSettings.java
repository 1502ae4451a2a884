package io.firstcome.consumer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this consumer reads and how patiently.
 *
 * @param topic the one topic to read, or null for every topic of Firstcome
 * @param group the Kafka group; by default the topic's name, or firstcome
 * @param threads partitions are spread over this many readers, 1 to 64
 * @param transactionDeadline a batch that takes longer is given up; must leave room below Kafka's
 *     max.poll.interval.ms
 * @param backoffMax the longest wait before the next try while the database is away
 */
@ConfigurationProperties("firstcome.consumer")
record ConsumerSettings(
    @Nullable String topic,
    @Nullable String group,
    @DefaultValue("1") int threads,
    @DefaultValue("20s") Duration transactionDeadline,
    @DefaultValue("5s") Duration backoffMax) {

  ConsumerSettings {
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException(
          "firstcome.consumer.threads must be 1 to 64, was " + threads);
    }
    if (!transactionDeadline.isPositive() || !backoffMax.isPositive()) {
      throw new IllegalArgumentException(
          "firstcome.consumer.transaction-deadline and backoff-max must be positive");
    }
  }

  /** The group that was chosen or its default. */
  String groupId() {
    return group != null ? group : topic != null ? topic : "firstcome";
  }
}
