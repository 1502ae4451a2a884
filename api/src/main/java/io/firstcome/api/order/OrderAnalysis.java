package io.firstcome.api.order;

import io.firstcome.core.rule.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * How far the order of a campaign's decisions is the order of its log. Decisions that were made
 * without the log are not in it.
 *
 * @param queryTimeMs milliseconds for reading and comparing, with microseconds after the point
 * @param partitionDistribution records by partition, of every partition that takes the campaign's
 *     requests
 * @param partitionMismatches those of them that were decided before an earlier one
 * @param samples decisions in their order, as {@link Samples} says
 */
record OrderAnalysis(
    long campaignId,
    double queryTimeMs,
    Summary summary,
    SortedMap<Integer, Long> partitionDistribution,
    SortedMap<Integer, Long> partitionMismatches,
    List<Sample> samples) {

  /**
   * The whole campaign.
   *
   * @param orderAccuracy records without a mismatch in percent, as in "94.77%", rounded down so
   *     that only perfect order is "100.00%"
   */
  record Summary(
      long totalRecords, long orderMismatches, String orderAccuracy, int partitionCount) {}

  /**
   * One decision.
   *
   * @param kafkaTimestamp when the log took the request
   * @param orderViolation whether a request that stands earlier in the log was decided later
   */
  record Sample(
      int partition,
      long offset,
      String userId,
      Outcome status,
      Instant kafkaTimestamp,
      Instant processedAt,
      boolean orderViolation) {
    static Sample of(DecidedRecord record, boolean orderViolation) {
      return new Sample(
          record.partition(),
          record.offset(),
          record.userId(),
          record.outcome(),
          record.loggedAt(),
          record.decidedAt(),
          orderViolation);
    }
  }

  /** Which decisions are shown. */
  enum Samples {
    /** Consecutive ones, from a few before the first mismatch on. */
    VIOLATION,
    /** Of the whole campaign, evenly spread. */
    WHOLE
  }

  static OrderAnalysis of(long campaignId, OrderCheck check, Samples samples, long nanos) {
    long records = sum(check.records());
    long mismatches = sum(check.mismatches());
    return new OrderAnalysis(
        campaignId,
        Math.round(nanos / 1000.0) / 1000.0,
        new Summary(records, mismatches, accuracy(records, mismatches), check.records().size()),
        check.records(),
        check.mismatches(),
        switch (samples) {
          case VIOLATION -> check.samplesAroundViolation();
          case WHOLE -> check.samplesOfWhole();
        });
  }

  private static String accuracy(long records, long mismatches) {
    if (records == 0) {
      return "100.00%";
    }
    return BigDecimal.valueOf(100 * (records - mismatches))
            .divide(BigDecimal.valueOf(records), 2, RoundingMode.DOWN)
        + "%";
  }

  private static long sum(SortedMap<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
