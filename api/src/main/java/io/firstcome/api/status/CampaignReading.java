package io.firstcome.api.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that changes of a campaign by the second, at one moment.
 *
 * @param failed requests that were decided and got nothing; a repeated request counts once
 * @param seconds those of the last five minutes in which something was decided, oldest first
 * @param lines the partitions that take the campaign's requests
 * @param asOf the database's clock
 */
public record CampaignReading(
    long totalStock,
    long remaining,
    long failed,
    List<Second> seconds,
    List<Line> lines,
    Instant asOf) {

  /**
   * The decisions of one second.
   *
   * @param at seconds since 1970
   * @param latencyMicros from the log's timestamps to the decisions, of all of them together
   */
  record Second(long at, long decided, long latencyMicros) {}

  /**
   * How far a partition is.
   *
   * @param nextOffset of the first request that is not decided
   * @param endOffset that the next request will get; null if the log did not answer
   */
  record Line(int partition, long nextOffset, @Nullable Long endOffset) {
    @Nullable Long lag() {
      return endOffset == null ? null : Long.valueOf(Math.max(0, endOffset - nextOffset));
    }
  }

  /**
   * Requests in the log that are not decided yet, for a campaign on a lane those of its partition;
   * null if the log did not answer.
   */
  public @Nullable Long lag() {
    long sum = 0;
    for (var line : lines) {
      var lag = line.lag();
      if (lag == null) {
        return null;
      }
      sum += lag;
    }
    return sum;
  }

  /** The seconds from this one on. */
  List<Second> since(long second) {
    return seconds.stream().filter(one -> one.at() >= second).toList();
  }
}
