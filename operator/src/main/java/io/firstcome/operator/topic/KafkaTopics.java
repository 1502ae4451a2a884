package io.firstcome.operator.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
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
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of campaigns. No method throws for what Kafka does or does not do, and none takes much
 * longer than the timeout for each question. Safe for any number of threads.
 */
public final class KafkaTopics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
  private static final Duration SECOND_LOOK = Duration.ofMillis(300);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Map<String, Object> settings;
  private final Duration timeout;
  private @Nullable Admin admin;
  private boolean saidAway;

  /** For the servers of these client settings. Nothing is connected yet. */
  public KafkaTopics(Map<String, Object> clientSettings, Duration timeout) {
    this.timeout = timeout;
    this.settings = new HashMap<>(clientSettings);
    int millis = Math.toIntExact(timeout.toMillis());
    // A server that is away costs a pass this long, and with it the other campaigns of its thread.
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, millis);
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis);
  }

  /**
   * Looks at a topic.
   *
   * @param expected whether it is known to have been made: then a broker that has not heard of it
   *     is asked twice, and whether it is untouched is not asked
   */
  public TopicSeen look(String name, boolean expected) {
    try {
      var description = describe(name, expected ? SECOND_LOOK : Duration.ZERO);
      var partitions = description.partitions().size();
      // One that is known is ours, whatever it holds.
      var untouched = !expected && hasNeverHeldARecord(description);
      var seen =
          new TopicSeen.Present(
              description.topicId().toString(), partitions, config(name), untouched);
      answered();
      return seen;
    } catch (UnknownTopicOrPartitionException _) {
      answered();
      return new TopicSeen.Absent();
    } catch (KafkaException e) {
      return isRefusal(e) ? new TopicSeen.Denied(text(e)) : away("look at " + name, e);
    }
  }

  /** Makes a topic; {@link TopicAnswer.Overtaken} if one exists by now. */
  public TopicAnswer create(
      String name, int partitions, short replicas, Map<String, String> config) {
    var topic = new NewTopic(name, partitions, replicas).configs(config);
    return change(
        "make the topic " + name,
        () -> {
          await(admin().createTopics(List.of(topic)).all());
          // The controller has answered; what counts is that a broker knows it too.
          return describe(name, timeout).topicId().toString();
        });
  }

  /** Raises the number of partitions. */
  public TopicAnswer grow(String name, int partitions) {
    return change(
        "add partitions to the topic " + name,
        () -> {
          await(admin().createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all());
          return awaitPartitions(name, partitions).topicId().toString();
        });
  }

  /** Sets these settings and leaves all others. */
  public TopicAnswer configure(String name, Map<String, String> config) {
    Collection<AlterConfigOp> operations =
        config.entrySet().stream()
            .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    return change(
        "configure the topic " + name,
        () -> {
          await(
              admin()
                  .incrementalAlterConfigs(
                      Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), operations))
                  .all());
          return describe(name, Duration.ZERO).topicId().toString();
        });
  }

  /** Deletes the topic with this id, and no other that may have its name now. */
  public TopicAnswer delete(String id) {
    return change(
        "delete the topic " + id,
        () -> {
          try {
            await(
                admin()
                    .deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.fromString(id))))
                    .all());
          } catch (UnknownTopicIdException | UnknownTopicOrPartitionException _) {
            LOG.info("The topic {} is gone already.", id);
          }
          return id;
        });
  }

  private TopicAnswer change(String task, Supplier<String> work) {
    try {
      var id = work.get();
      answered();
      return new TopicAnswer.Done(id);
    } catch (TopicExistsException _) {
      LOG.info("Somebody else was faster to {}.", task);
      answered();
      return new TopicAnswer.Overtaken();
    } catch (KafkaException e) {
      if (isRefusal(e)) {
        LOG.warn("Kafka refuses to {}: {}", task, text(e));
        return new TopicAnswer.Refused(text(e));
      }
      away(task, e);
      return new TopicAnswer.Away();
    }
  }

  private TopicDescription describe(String name, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return Objects.requireNonNull(
            await(admin().describeTopics(List.of(name)).allTopicNames()).get(name));
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        pause();
      }
    }
  }

  private TopicDescription awaitPartitions(String name, int partitions) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      var description = describe(name, timeout);
      if (description.partitions().size() >= partitions) {
        return description;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new org.apache.kafka.common.errors.TimeoutException("The brokers lag behind");
      }
      pause();
    }
  }

  private boolean hasNeverHeldARecord(TopicDescription topic) {
    var ends =
        topic.partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic.name(), partition.partition()),
                    _ -> OffsetSpec.latest()));
    return await(admin().listOffsets(ends).all()).values().stream()
        .allMatch(end -> end.offset() == 0);
  }

  private Map<String, String> config(String name) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var config =
        Objects.requireNonNull(
            await(admin().describeConfigs(List.of(resource)).all()).get(resource));
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  /** Made when it is first needed: a name that does not resolve yet must not end the process. */
  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(settings);
    }
    return admin;
  }

  private <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException("no answer in " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** What Kafka has decided; everything else may be different at the next try. */
  static boolean isRefusal(KafkaException e) {
    return e instanceof ApiException && !(e instanceof RetriableException);
  }

  private static String text(KafkaException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  private TopicSeen away(String task, KafkaException e) {
    synchronized (this) {
      if (!saidAway) {
        LOG.warn("Kafka did not answer to {}; it is tried again.", task, e);
        saidAway = true;
      }
    }
    return new TopicSeen.Away();
  }

  private synchronized void answered() {
    if (saidAway) {
      LOG.info("Kafka answers again.");
      saidAway = false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
