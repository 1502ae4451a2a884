package io.firstcome.consumer;

import io.firstcome.consumer.Claims.Claim;
import io.firstcome.consumer.PartitionState.Owned;
import io.firstcome.consumer.PartitionState.Waiting;
import io.firstcome.core.log.TopicName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that reads partitions in order and has each batch decided. Being assigned a partition
 * by Kafka is only a hint; the right to decide comes from a claim in the database, and so does the
 * offset to go on from. Any failure leads back to a claim: the partition is paused, the others go
 * on, polling goes on, and nothing is skipped.
 */
final class LogReader implements Runnable, ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(LogReader.class);
  private static final Duration POLL_TIME = Duration.ofMillis(200);
  // A transaction costs about the same for one request as for ten. Whoever waits for a result hears
  // of it at the next look of the api, every 15 ms, so these are well spent.
  private static final Duration BATCHES_APART = Duration.ofMillis(15);
  private static final int FEW = 100;
  private static final Duration OTHERS_TIME = Duration.ofMillis(5);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
  private static final Duration HALTED_RETRY = Duration.ofSeconds(5);
  // A sleeper that wakes up has lost its partitions, and hears of it in the next polls: claiming
  // before them would take a partition from the one that it belongs to now.
  private static final Duration FENCED_RETRY = Duration.ofSeconds(1);
  private static final Duration MISSING_TOPIC_RETRY = Duration.ofSeconds(1);
  // Claims take a few calls each; after this long Kafka is polled again before the next ones.
  private static final Duration CLAIMING_MAX = Duration.ofSeconds(2);
  private static final Duration KAFKA_CALL_TIME = Duration.ofSeconds(5);
  private static final Duration LAG_REPORTS_APART = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicIds topicIds;
  private final Claims claims;
  private final BatchWriter writer;
  private final ConsumerMetrics metrics;
  private final ConsumerSettings settings;
  private final Runnable onDeath;
  // Written by the reader's thread only; health and metrics look from outside.
  private final Map<TopicPartition, PartitionState> partitions = new ConcurrentHashMap<>();
  // Where each partition stands, for tools that show lag; nobody here ever reads it from Kafka.
  private final Map<TopicPartition, OffsetAndMetadata> unreported = new HashMap<>();
  private long reportedAt = System.nanoTime();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;
  private volatile @Nullable String pollFailure;

  LogReader(
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Decider decider,
      ConsumerSettings settings,
      Runnable onDeath) {
    this.onDeath = onDeath;
    this.consumer = consumer;
    this.topicIds = topicIds;
    this.claims = decider.claims();
    this.writer = decider.writer();
    this.metrics = decider.metrics();
    this.settings = settings;
  }

  /** The database's side of a reader. */
  record Decider(Claims claims, BatchWriter writer, ConsumerMetrics metrics) {}

  /** Ends the reader after the batch at hand. */
  void stop() {
    stopping.countDown();
    consumer.wakeup();
  }

  /** Why the reader has died, if it has. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Why Kafka could not be read the last time, if it could not. */
  Optional<String> pollFailure() {
    return Optional.ofNullable(pollFailure);
  }

  /** The partitions that a person must look at, with the reason. */
  Map<String, String> halted() {
    var halted = new TreeMap<String, String>();
    partitions.forEach((partition, state) -> {
      if (state instanceof Waiting waiting && waiting.halted() != null) {
        halted.put(partition.toString(), waiting.halted());
      }
    });
    return halted;
  }

  @Override
  public void run() {
    try (consumer) {
      readUntilStopped();
      reportLag();
    } catch (Throwable e) {
      failure = e;
      onDeath.run();
      log.error("A reader has died: its partitions stand still until a restart", e);
    }
  }

  private void readUntilStopped() {
    try {
      subscribe();
      while (stopping.getCount() > 0) {
        claimDue();
        var records = poll();
        long started = System.nanoTime();
        decide(records);
        if (started - reportedAt > LAG_REPORTS_APART.toNanos()) {
          reportLag();
        }
        if (!records.isEmpty()) {
          letMoreCome(started);
        }
      }
    } catch (WakeupException e) {
      log.debug("Woken up to stop");
    }
  }

  private void reportLag() {
    if (!unreported.isEmpty()) {
      consumer.commitAsync(
          Map.copyOf(unreported),
          (offsets, e) -> log.debug("Committed {} for lag tools", offsets, e));
      unreported.clear();
    }
    reportedAt = System.nanoTime();
  }

  /** Full batches need no pause: deciding them takes longer. */
  private void letMoreCome(long started) {
    long left = started + BATCHES_APART.toNanos() - System.nanoTime();
    if (left > 0) {
      pause(Duration.ofNanos(left));
    }
  }

  private void subscribe() {
    if (settings.topic() == null) {
      consumer.subscribe(TopicName.ALL, this);
    } else {
      awaitTopic(settings.topic());
      consumer.subscribe(List.of(settings.topic()), this);
    }
  }

  /**
   * Waits before the subscription: afterwards Kafka's client would complain every second of a topic
   * that is not there, and a lane has none before its first campaign.
   */
  private void awaitTopic(String topic) {
    boolean told = false;
    while (stopping.getCount() > 0) {
      try {
        var uuid = topicIds.uuid(topic);
        pollFailure = null;
        log.debug("The topic {} is there as {}", topic, uuid);
        return;
      } catch (UnknownTopicOrPartitionException e) {
        pollFailure = null;
        if (!told) {
          log.info("The topic {} does not exist yet; waiting for it", topic);
          told = true;
        }
        pause(MISSING_TOPIC_RETRY);
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        log.warn("Kafka cannot be asked for the topic {}, trying again: {}", topic, e.toString());
        pollFailure = e.toString();
        pause(settings.backoffMax());
      }
    }
  }

  // Inside poll: only notes, so that a database that does not answer never delays a rebalance.

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    for (var partition : assigned) {
      // A position of its own keeps Kafka from looking for a committed one; nothing is read there.
      consumer.seek(partition, 0);
      pauseUntilClaimed(partition, Waiting.fresh());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    partitions.keySet().removeAll(revoked);
    unreported.keySet().removeAll(revoked);
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      var records = fetched();
      pollFailure = null;
      return records;
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (NoOffsetForPartitionException e) {
      onPartitionsAssigned(e.partitions());
    } catch (InvalidOffsetException e) {
      for (var partition : e.partitions()) {
        halt(partition, "the next offset to decide is not in the log: " + e.getMessage());
      }
    } catch (KafkaException e) {
      log.error("Kafka cannot be read, trying again", e);
      pollFailure = e.toString();
      pause(settings.backoffMax());
    }
    // A poll that fails may have moved past records that it then did not return.
    partitions.forEach((partition, state) -> {
      if (state instanceof Owned(var ownership)) {
        seek(partition, ownership);
      }
    });
    return ConsumerRecords.empty();
  }

  /**
   * What has come. Kafka's client asks for more while it hands out records, and is answered as soon
   * as the first one is there; the others that came during a batch take a second look. Without it
   * they would wait for one batch more.
   */
  private ConsumerRecords<byte[], byte[]> fetched() {
    var first = consumer.poll(Duration.ZERO);
    if (first.isEmpty()) {
      return consumer.poll(POLL_TIME);
    }
    return first.count() > FEW ? first : Batch.joined(first, consumer.poll(OTHERS_TIME));
  }

  private void pause(Duration time) {
    try {
      if (stopping.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        log.debug("Stopping instead of waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WakeupException();
    }
  }

  private void claimDue() {
    long started = System.nanoTime();
    boolean answered = true;
    for (var entry : Map.copyOf(partitions).entrySet()) {
      if (!answered || System.nanoTime() - started > CLAIMING_MAX.toNanos()) {
        // Polling must go on, or Kafka takes all partitions away; the others are claimed after it.
        return;
      }
      if (entry.getValue() instanceof Waiting waiting && waiting.isDue()) {
        answered = claim(entry.getKey(), waiting);
      }
    }
  }

  /** Returns whether database and Kafka answered. */
  private boolean claim(TopicPartition partition, Waiting waiting) {
    try {
      var uuid = topicIds.uuid(partition.topic());
      var all = Set.of(partition);
      long beginning = consumer.beginningOffsets(all, KAFKA_CALL_TIME).getOrDefault(partition, 0L);
      var claim = claims.claim(partition.topic(), partition.partition(), uuid, beginning);
      switch (claim) {
        case Claim.TooEarly() -> {
          log.debug("{} is not registered (yet)", partition);
          waitLonger(partition, waiting, waiting.unknown());
        }
        case Claim.Refused(var reason) -> halt(partition, reason);
        case Claim.Granted(var ownership) -> {
          // Read after the claim: from here on nobody else moves the stored offset.
          long end = consumer.endOffsets(all, KAFKA_CALL_TIME).getOrDefault(partition, 0L);
          resolveUnknownCommit(waiting.unknown(), ownership);
          begin(partition, ownership, beginning, end);
        }
      }
      return true;
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (SQLException | KafkaException e) {
      retryAfterFailure(partition, e, waiting.unknown());
      return false;
    }
  }

  private void begin(TopicPartition partition, Ownership ownership, long beginning, long end) {
    long next = ownership.nextOffset();
    if (next < beginning || next > end) {
      halt(
          partition,
          "the next offset to decide is %d, but the log has %d to %d"
              .formatted(next, beginning, end));
      return;
    }
    seek(partition, ownership);
    partitions.put(partition, new Owned(ownership));
    consumer.resume(Set.of(partition));
    log.info("Reading {} from offset {} in epoch {}", partition, next, ownership.epoch());
  }

  private void seek(TopicPartition partition, Ownership ownership) {
    // With the leader's epoch Kafka tells if the log was cut off and written anew before this
    // offset.
    var position =
        new OffsetAndMetadata(
            ownership.nextOffset(), Optional.ofNullable(ownership.leaderEpoch()), "");
    consumer.seek(partition, position);
  }

  private void resolveUnknownCommit(@Nullable UnknownCommitException unknown, Ownership found) {
    if (unknown != null) {
      boolean made = found.nextOffset() >= unknown.end();
      log.info(
          "The commit of offsets {} to {} whose answer was lost was {}",
          unknown.start(),
          unknown.end(),
          made ? "made" : "not made: deciding them again");
      metrics.unknownCommitResolved(made);
    }
  }

  private void decide(ConsumerRecords<byte[], byte[]> records) {
    long started = System.nanoTime();
    boolean databaseAnswers = true;
    for (var partition : records.partitions()) {
      if (!(partitions.get(partition) instanceof Owned(var ownership))) {
        continue;
      }
      boolean inTime = System.nanoTime() - started < settings.transactionDeadline().toNanos();
      if (!databaseAnswers || !inTime) {
        // Not tried one after the other while each has to time out: polling must go on.
        seek(partition, ownership);
        continue;
      }
      var next = records.nextOffsets().get(partition);
      if (next == null) {
        throw new IllegalStateException("Kafka returned records without the offset after them");
      }
      databaseAnswers = decide(partition, ownership, batch(records.records(partition), next));
      if (partitions.get(partition) instanceof Owned) {
        unreported.put(partition, next);
      }
    }
  }

  private static Batch batch(List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata next) {
    return new Batch(records, next.offset(), next.leaderEpoch().orElse(null));
  }

  /** Returns whether the database answered. */
  private boolean decide(TopicPartition partition, Ownership ownership, Batch batch) {
    try {
      partitions.put(partition, new Owned(writer.write(ownership, batch)));
      return true;
    } catch (FencedException e) {
      log.warn(
          "Fenced: {}. Nothing was changed; {} is claimed again if it is still assigned",
          e.getMessage(),
          partition);
      metrics.fenced();
      long due = System.nanoTime() + FENCED_RETRY.toNanos();
      pauseUntilClaimed(partition, new Waiting(due, 0, null, null));
      return true;
    } catch (SQLException e) {
      retryAfterFailure(partition, e, e instanceof UnknownCommitException unknown ? unknown : null);
      return false;
    }
  }

  private void retryAfterFailure(
      TopicPartition partition, Exception e, @Nullable UnknownCommitException unknown) {
    metrics.retried();
    var before = partitions.get(partition) instanceof Waiting waiting ? waiting : Waiting.fresh();
    var next = waitLonger(partition, before, unknown);
    // Once with all of it; an outage of an hour then is a line every few seconds.
    log.warn(
        "{} is claimed again in a moment (try {}): {}",
        partition,
        next.attempt(),
        e.toString(),
        next.attempt() == 1 ? e : null);
  }

  private Waiting waitLonger(
      TopicPartition partition, Waiting before, @Nullable UnknownCommitException unknown) {
    var doubled = BACKOFF_MIN.multipliedBy(1L << Math.min(before.attempt(), 16));
    var delay = doubled.compareTo(settings.backoffMax()) < 0 ? doubled : settings.backoffMax();
    var next =
        new Waiting(System.nanoTime() + delay.toNanos(), before.attempt() + 1, null, unknown);
    pauseUntilClaimed(partition, next);
    return next;
  }

  private void halt(TopicPartition partition, String reason) {
    var known = partitions.get(partition) instanceof Waiting waiting ? waiting.halted() : null;
    if (!reason.equals(known)) {
      log.error(
          "{} is halted: {}. Nothing of it is decided until a person has looked",
          partition,
          reason);
    }
    long due = System.nanoTime() + HALTED_RETRY.toNanos();
    pauseUntilClaimed(partition, new Waiting(due, 0, reason, null));
  }

  private void pauseUntilClaimed(TopicPartition partition, Waiting waiting) {
    consumer.pause(Set.of(partition));
    partitions.put(partition, waiting);
  }
}
