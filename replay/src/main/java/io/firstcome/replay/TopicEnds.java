package io.firstcome.replay;

import io.firstcome.replay.ReplayException.Reason;
import io.firstcome.replay.Snapshot.CampaignRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka what a campaign's log is now. */
final class TopicEnds {
  private static final int SECONDS_MAX = 10;

  private final Map<String, Object> kafka;

  TopicEnds(Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /** The first offset that the log still has, and the offset after its last one. */
  record Ends(long start, long end) {}

  /**
   * The partitions that take the campaign's requests.
   *
   * @throws ReplayException if Kafka does not answer, or the topic is not the campaign's (any more)
   */
  SortedMap<Integer, Ends> of(CampaignRow campaign) {
    Admin admin;
    try {
      admin = Admin.create(kafka);
    } catch (KafkaException e) {
      throw silent(campaign.topic(), e);
    }
    try {
      var topic = describe(admin, campaign);
      var partitions =
          topic.partitions().stream()
              .map(info -> info.partition())
              .filter(part -> campaign.lanePart() == null || part.equals(campaign.lanePart()))
              .map(part -> new TopicPartition(campaign.topic(), part))
              .toList();
      var starts = offsets(admin, partitions, OffsetSpec.earliest());
      var ends = offsets(admin, partitions, OffsetSpec.latest());
      SortedMap<Integer, Ends> all = new TreeMap<>();
      for (var partition : partitions) {
        all.put(
            partition.partition(),
            new Ends(
                Objects.requireNonNull(starts.get(partition)),
                Objects.requireNonNull(ends.get(partition))));
      }
      return all;
    } catch (KafkaException e) {
      throw silent(campaign.topic(), e);
    } finally {
      // At once: it would go on waiting for answers that nobody needs any more.
      admin.close(Duration.ZERO);
    }
  }

  private static TopicDescription describe(Admin admin, CampaignRow campaign) {
    TopicDescription description;
    try {
      var descriptions = await(admin.describeTopics(List.of(campaign.topic())).allTopicNames());
      description = Objects.requireNonNull(descriptions.get(campaign.topic()));
    } catch (UnknownTopicOrPartitionException e) {
      throw new ReplayException(
          Reason.LOG_REPLACED,
          "The topic %s is gone: without its log the results cannot be proved."
              .formatted(campaign.topic()),
          e);
    }
    var uuid = description.topicId().toString();
    if (!uuid.equals(campaign.topicUuid())) {
      throw new ReplayException(
          Reason.LOG_REPLACED,
          "The topic %s was deleted and made again: it has the id %s, and the results come from %s."
              .formatted(campaign.topic(), uuid, campaign.topicUuid()));
    }
    return description;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    await(admin.listOffsets(wanted).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("no answer within " + SECONDS_MAX + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private static ReplayException silent(String topic, KafkaException cause) {
    return new ReplayException(
        Reason.LOG_UNAVAILABLE, "Kafka does not answer when asked for " + topic + ".", cause);
  }
}
