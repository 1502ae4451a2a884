package io.firstcome.api.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the topics of campaigns and lanes are made.
 *
 * @param replicationFactor copies of each partition
 * @param minInsyncReplicas copies that must have a request before it counts as taken; applies where
 *     there is more than one copy
 * @param retention how long the log keeps requests, at least as long as a replay may be wanted
 * @param timeout how long one call to Kafka may take
 */
@ConfigurationProperties("firstcome.topic")
public record TopicSettings(
    @DefaultValue("1") short replicationFactor,
    @DefaultValue("2") int minInsyncReplicas,
    @DefaultValue("7d") Duration retention,
    @DefaultValue("10s") Duration timeout) {

  public TopicSettings {
    if (replicationFactor < 1) {
      throw new IllegalArgumentException(
          "firstcome.topic.replication-factor must be at least 1, was " + replicationFactor);
    }
    if (minInsyncReplicas < 1 || (replicationFactor > 1 && minInsyncReplicas > replicationFactor)) {
      throw new IllegalArgumentException(
          "firstcome.topic.min-insync-replicas must be 1 to the replication factor, was "
              + minInsyncReplicas);
    }
    if (retention.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "firstcome.topic.retention must be at least 1h, was " + retention);
    }
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0
        || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "firstcome.topic.timeout must be 1s to 1m, was " + timeout);
    }
  }
}
