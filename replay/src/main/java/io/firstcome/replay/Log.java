package io.firstcome.replay;

import io.firstcome.replay.ReplayException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The records of some partitions, each partition read from its first offset at its own pace. What
 * is read ahead is bounded by pausing partitions that have enough.
 */
final class Log implements AutoCloseable {
  private static final int RECORDS_A_POLL = 2_000;
  private static final int AHEAD_MAX = 2_000;
  private static final int BYTES_A_FETCH = 8 << 20;
  private static final Duration POLL = Duration.ofMillis(500);

  /** For the next record of a partition that is known to have one. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SortedMap<Integer, Part> parts = new TreeMap<>();

  /** A partition and where reading it starts and ends; the end is the offset after the last. */
  private static final class Part {
    private final TopicPartition name;
    private final long end;
    private final Deque<LogEntry> ahead = new ArrayDeque<>();
    private long position;

    Part(TopicPartition name, long start, long end) {
      this.name = name;
      this.position = start;
      this.end = end;
    }

    boolean hasMore() {
      return position < end;
    }
  }

  Log(Map<String, Object> kafka, String topic) {
    this.topic = topic;
    this.consumer = new KafkaConsumer<>(settings(kafka));
  }

  private static Map<String, Object> settings(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    // Reads by place alone: no group, no stored offset, and never a jump to another place.
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, BYTES_A_FETCH);
    return settings;
  }

  /** Chooses what is read of a partition; after the last call {@link #start}. */
  void add(int part, long start, long end) {
    parts.put(part, new Part(new TopicPartition(topic, part), start, Math.max(start, end)));
  }

  void start() {
    consumer.assign(parts.values().stream().map(part -> part.name).toList());
    for (var part : parts.values()) {
      consumer.seek(part.name, part.position);
    }
  }

  /**
   * The partition's next record, which stays the next one; null after the last.
   *
   * @throws ReplayException if Kafka does not have it for us in time
   */
  @Nullable LogEntry peek(int part) {
    var wanted = part(part);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (wanted.ahead.isEmpty() && wanted.hasMore()) {
      if (System.nanoTime() - deadline > 0) {
        throw new ReplayException(
            Reason.LOG_UNAVAILABLE,
            "Kafka does not give the records of partition %d of %s from offset %d on."
                .formatted(part, topic, wanted.position));
      }
      poll();
    }
    return wanted.ahead.peek();
  }

  /** As {@link #peek}, and the one after it is next from now on. */
  @Nullable LogEntry take(int part) {
    var next = peek(part);
    part(part).ahead.poll();
    return next;
  }

  /** The records that are at hand from the partition's next one on, at most this many. */
  List<LogEntry> ahead(int part, int max) {
    var _ = peek(part);
    var entries = new ArrayList<LogEntry>();
    for (var entry : part(part).ahead) {
      if (entries.size() == max) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  private void poll() {
    for (var part : parts.values()) {
      if (part.hasMore() && part.ahead.size() < AHEAD_MAX) {
        consumer.resume(List.of(part.name));
      } else {
        consumer.pause(List.of(part.name));
      }
    }
    try {
      var records = consumer.poll(POLL);
      for (var name : records.partitions()) {
        var part = part(name.partition());
        for (var record : records.records(name)) {
          if (record.offset() < part.end) {
            part.ahead.add(LogEntry.of(record));
          }
        }
      }
      records
          .nextOffsets()
          .forEach((name, next) -> part(name.partition()).position = next.offset());
    } catch (OffsetOutOfRangeException e) {
      throw new ReplayException(
          Reason.LOG_UNAVAILABLE,
          "Records of " + topic + " were removed while they were replayed. Replay it once more.",
          e);
    } catch (KafkaException e) {
      throw new ReplayException(
          Reason.LOG_UNAVAILABLE, "Kafka does not answer while " + topic + " is read.", e);
    }
  }

  private Part part(int part) {
    return Objects.requireNonNull(parts.get(part));
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
  }
}
