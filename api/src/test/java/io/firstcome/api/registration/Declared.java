package io.firstcome.api.registration;

import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidPartitionsException;

/** The operator's part in Kafka, and the bodies that it sends. */
public final class Declared {
  public static final Admin LOG =
      Admin.create(Map.of("bootstrap.servers", TestServers.get().bootstrapServers()));

  private Declared() {}

  /** Makes the topic and gives Kafka's id of it. */
  public static String topic(String name, int partitions) throws InterruptedException {
    var wanted =
        new NewTopic(name, Optional.of(partitions), Optional.empty())
            .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    try {
      LOG.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return Objects.requireNonNull(Topics.await(LOG, name, partitions)).topicId().toString();
  }

  /** Does nothing if there are as many already. */
  public static void grow(String name, int partitions) throws InterruptedException {
    try {
      LOG.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof InvalidPartitionsException)) {
        throw new IllegalStateException(e);
      }
    }
  }

  static String ownTopic(String name, String id, int partitions) {
    return "\"topic\":{\"name\":\"%s\",\"id\":\"%s\",\"partitions\":%d}"
        .formatted(name, id, partitions);
  }

  /** A body with this stock on this topic or lane, in the namespace sales. */
  static String of(long stock, String topicOrLane) {
    return """
    {"namespace":"sales","displayName":"Sale","totalStock":%d,"opensAt":null,"closesAt":null,\
    "timeZone":"Asia/Seoul","repeatable":false,"soldOut":"Record","paused":false,%s}\
    """
        .formatted(stock, topicOrLane);
  }
}
