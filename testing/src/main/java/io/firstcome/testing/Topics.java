package io.firstcome.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What a broker knows of a topic. The controller answers that a topic has been made, or has grown,
 * some moments before the broker acts on it; a test that looks at once sees the time before.
 */
public final class Topics {
  private Topics() {}

  /** The topic as the broker sees it, as soon as it sees this number of partitions. */
  public static TopicDescription await(Admin admin, String topic, int partitions) {
    return Objects.requireNonNull(
        Awaitility.await("the topic " + topic + " with partitions: " + partitions)
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> describe(admin, topic),
                seen -> seen != null && seen.partitions().size() == partitions));
  }

  private static @Nullable TopicDescription describe(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }
}
