package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes, grows and deletes topics. Every method either has done what it says, or throws {@link
 * ErrorCode#LOG_UNAVAILABLE} and may be called again; none waits much longer than the timeout of
 * the settings.
 */
@Component
class TopicProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
  private static final long PROPAGATION_PAUSE_MILLIS = 100;

  private final Admin admin;
  private final TopicSettings settings;

  TopicProvisioner(Admin admin, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /** Makes the topic; empty if there is one of this name already. */
  Optional<ProvidedTopic> create(String name, int partitions) {
    var topic =
        new NewTopic(name, partitions, settings.replicationFactor()).configs(configuration());
    try {
      var result = admin.createTopics(List.of(topic));
      await(result.all());
      return Optional.of(
          new ProvidedTopic(name, await(result.topicId(name)).toString(), partitions, true));
    } catch (TopicExistsException _) {
      return Optional.empty();
    } catch (KafkaException e) {
      throw unavailable("make the topic " + name, e);
    }
  }

  /**
   * A topic that exists already, as far as it matters for taking it over; empty if there is none.
   */
  Optional<FoundTopic> find(String name) {
    try {
      var description = describe(name);
      return Optional.of(
          new FoundTopic(
              name,
              description.topicId().toString(),
              description.partitions().size(),
              hasNeverHeldARecord(description)));
    } catch (UnknownTopicOrPartitionException _) {
      return Optional.empty();
    } catch (KafkaException e) {
      throw unavailable("describe the topic " + name, e);
    }
  }

  /** Gives a topic that we did not make the configuration of one that we did. */
  void configure(String name) {
    Collection<AlterConfigOp> operations =
        configuration().entrySet().stream()
            .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try {
      await(admin.incrementalAlterConfigs(Map.of(resource, operations)).all());
    } catch (KafkaException e) {
      throw unavailable("configure the topic " + name, e);
    }
  }

  /** Raises the number of partitions and returns what it is then; never lowers it. */
  int grow(String name, int partitions) {
    try {
      // An earlier attempt may have got this far and no farther.
      int current = describe(name).partitions().size();
      if (current >= partitions) {
        return current;
      }
      await(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all());
      return partitions;
    } catch (KafkaException e) {
      throw unavailable("add partitions to the topic " + name, e);
    }
  }

  /** Deletes the topic with this id of Kafka's, and no other that may have its name now. */
  void delete(String uuid) {
    try {
      await(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.fromString(uuid)))).all());
    } catch (UnknownTopicIdException | UnknownTopicOrPartitionException _) {
      LOG.info("The topic {} is gone already.", uuid);
    } catch (KafkaException e) {
      throw unavailable("delete the topic " + uuid, e);
    }
  }

  private TopicDescription describe(String name) {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    while (true) {
      try {
        return Objects.requireNonNull(
            await(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
      } catch (UnknownTopicOrPartitionException e) {
        // A broker hears of a topic some moments after the controller has made it.
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        pause();
      }
    }
  }

  private boolean hasNeverHeldARecord(TopicDescription topic) {
    var ends =
        topic.partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic.name(), partition.partition()),
                    _ -> OffsetSpec.latest()));
    return await(admin.listOffsets(ends).all()).values().stream()
        .allMatch(end -> end.offset() == 0);
  }

  private Map<String, String> configuration() {
    var configuration = new HashMap<String, String>();
    // The log's own clock says when a request came, not the sender's.
    configuration.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configuration.put(
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(settings.retention().toMillis()));
    if (settings.replicationFactor() > 1) {
      configuration.put(
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInsyncReplicas()));
    }
    return configuration;
  }

  /** Waits for the answer and throws Kafka's own exception if it is one. */
  private <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("no answer within " + settings.timeout(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PROPAGATION_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private static ProblemException unavailable(String task, KafkaException cause) {
    return new ProblemException(
            ErrorCode.LOG_UNAVAILABLE,
            "The log did not " + task + ". Nothing is lost: try the same again.",
            cause)
        .retryAfter(Duration.ofSeconds(5));
  }

  /**
   * A topic that was there before we came.
   *
   * @param pristine whether it has never held a record; one that was emptied does not count,
   *     because a consumer would look for its first record
   */
  record FoundTopic(String name, String uuid, int partitions, boolean pristine) {}
}
