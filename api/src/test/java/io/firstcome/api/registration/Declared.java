package io.firstcome.api.registration;

import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The operator's part in Kafka, and the bodies that it sends. */
final class Declared {
  static final Admin LOG =
      Admin.create(Map.of("bootstrap.servers", TestServers.get().bootstrapServers()));

  private Declared() {}

  /** Makes the topic and gives Kafka's id of it. */
  static String topic(String name, int partitions) throws InterruptedException {
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
