package io.firstcome.replay;

import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.log.UnreadableMessageException;
import io.firstcome.core.rule.Request;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log.
 *
 * @param loggedAt as the table can hold it
 * @param message null if the record cannot be read
 */
record LogEntry(long offset, Instant loggedAt, @Nullable RequestMessage message) {
  private static final long LOGGED_AT_MAX = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  static LogEntry of(ConsumerRecord<byte[], byte[]> record) {
    var loggedAt = Instant.ofEpochMilli(Math.clamp(record.timestamp(), 0, LOGGED_AT_MAX));
    try {
      return new LogEntry(record.offset(), loggedAt, RequestMessage.decode(record.value()));
    } catch (UnreadableMessageException e) {
      return new LogEntry(record.offset(), loggedAt, null);
    }
  }

  /** What the record asks of this campaign; null if it is no request of it. */
  @Nullable Request requestTo(long campaignId) {
    return message != null && message.campaignId() == campaignId ? message.request() : null;
  }

  /** For people who look for this campaign's request here. */
  String description() {
    return message == null
        ? "a record that cannot be read"
        : "a request to campaign " + message.campaignId();
  }
}
