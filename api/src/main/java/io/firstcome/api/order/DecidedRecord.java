package io.firstcome.api.order;

import io.firstcome.core.rule.Outcome;
import java.time.Instant;
import java.util.Comparator;

/** A record of the log that has been decided. */
record DecidedRecord(
    int partition,
    long offset,
    String userId,
    Outcome outcome,
    Instant loggedAt,
    Instant decidedAt) {
  /** Records of one instant are in the order of their partitions and offsets. */
  static final Comparator<DecidedRecord> LOG_ORDER =
      Comparator.comparing(DecidedRecord::loggedAt)
          .thenComparingInt(DecidedRecord::partition)
          .thenComparingLong(DecidedRecord::offset);
}
