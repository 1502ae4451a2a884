package io.firstcome.consumer;

import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.log.UnreadableMessageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records of one partition, and where the partition goes on after them. The end is not
 * the last offset plus one: a log may have gaps.
 *
 * @param records at least one
 */
record Batch(
    List<ConsumerRecord<byte[], byte[]>> records, long end, @Nullable Integer leaderEpoch) {

  private static final long LOGGED_AT_MAX = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  /** Records, and those that follow them, as if they had been read at once. */
  static ConsumerRecords<byte[], byte[]> joined(
      ConsumerRecords<byte[], byte[]> first, ConsumerRecords<byte[], byte[]> then) {
    var records = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    for (var some : List.of(first, then)) {
      for (var partition : some.partitions()) {
        records.computeIfAbsent(partition, _ -> new ArrayList<>()).addAll(some.records(partition));
      }
    }
    var next = new HashMap<>(first.nextOffsets());
    next.putAll(then.nextOffsets());
    return new ConsumerRecords<>(records, next);
  }

  /** What the records say, each in one of the lists. */
  record Content(List<LoggedRequest> requests, List<DeadLetter> unreadable) {}

  /** A record that gets no decision, and why. */
  record DeadLetter(
      ConsumerRecord<byte[], byte[]> record, @Nullable Long campaignId, String reason) {}

  Content content() {
    var requests = new ArrayList<LoggedRequest>(records.size());
    var unreadable = new ArrayList<DeadLetter>();
    for (var record : records) {
      try {
        var message = RequestMessage.decode(record.value());
        requests.add(
            new LoggedRequest(
                record.offset(), loggedAt(record), message.campaignId(), message.request()));
      } catch (UnreadableMessageException e) {
        unreadable.add(new DeadLetter(record, null, String.valueOf(e.getMessage())));
      }
    }
    return new Content(requests, unreadable);
  }

  /**
   * When the log took the record. Senders set this time themselves on a topic that somebody has
   * configured so; what no table can hold becomes the nearest time that it can.
   */
  static Instant loggedAt(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(Math.clamp(record.timestamp(), 0, LOGGED_AT_MAX));
  }

  Batch firstHalf() {
    var half = records.subList(0, records.size() / 2);
    return new Batch(half, half.getLast().offset() + 1, half.getLast().leaderEpoch().orElse(null));
  }

  Batch secondHalf() {
    return new Batch(records.subList(records.size() / 2, records.size()), end, leaderEpoch);
  }

  ConsumerRecord<byte[], byte[]> recordAt(long offset) {
    return records.stream().filter(r -> r.offset() == offset).findFirst().orElseThrow();
  }
}
