package io.firstcome.api.participation;

import io.firstcome.core.rule.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands, as it is sent to its participant.
 *
 * @param userId null while the request has no result: until then only the log knows it
 * @param rank the n-th success, for SUCCESS only
 * @param partition null, like offset, for a decision that was made without the log
 * @param kafkaTimestamp when the log took the request; null while it has no result
 */
record Participation(
    String requestId,
    long campaignId,
    @Nullable String userId,
    Status status,
    String message,
    @Nullable Long rank,
    @Nullable Integer partition,
    @Nullable Long offset,
    @Nullable Instant kafkaTimestamp,
    @Nullable Instant processedAt) {

  enum Status {
    PROCESSING,
    SUCCESS,
    ALREADY_ISSUED,
    OUT_OF_STOCK,
    FAILED;

    static Status of(Outcome outcome) {
      return switch (outcome) {
        case SUCCESS -> SUCCESS;
        case ALREADY_ISSUED -> ALREADY_ISSUED;
        case OUT_OF_STOCK -> OUT_OF_STOCK;
      };
    }

    String message(@Nullable Long rank) {
      return switch (this) {
        case PROCESSING -> "The request has its place in line and is being decided.";
        case SUCCESS -> "You are in, as number " + rank + ".";
        case ALREADY_ISSUED -> "You have taken part before; the first request counts.";
        case OUT_OF_STOCK -> "Everything was given away before this place in line.";
        case FAILED -> "The request could not be decided. The operator sees it and why.";
      };
    }
  }

  boolean isFinal() {
    return status != Status.PROCESSING;
  }
}
