package io.firstcome.api.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a batch job.
 *
 * @param status as Spring Batch calls it: STARTING, STARTED, STOPPING, COMPLETED, STOPPED, FAILED,
 *     ABANDONED; UNKNOWN if the process that ran it is gone
 * @param date the business day it is about, null for a job that is about none
 * @param campaign the one campaign it is about, null for all
 * @param endTime null while it runs, like durationMs
 */
record BatchRun(
    long jobExecutionId,
    String jobName,
    String status,
    @Nullable String date,
    @Nullable String campaign,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    @Nullable Long durationMs,
    @Nullable String exitCode,
    @Nullable String exitMessage,
    List<Step> steps) {

  private static final String GONE = "The process that ran it is gone; the next start recovers it.";

  /**
   * A part of a run.
   *
   * @param skipCount items that could not be read, worked on or written, and were left out
   */
  record Step(
      String name,
      String status,
      long readCount,
      long writeCount,
      long skipCount,
      @Nullable Instant startTime,
      @Nullable Instant endTime) {}

  static @Nullable Long millis(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null ? null : Duration.between(start, end).toMillis();
  }

  /** Whether it has not ended, by its own account. */
  boolean isUnfinished() {
    return switch (status) {
      case "STARTING", "STARTED", "STOPPING" -> true;
      default -> false;
    };
  }

  BatchRun gone() {
    return new BatchRun(
        jobExecutionId,
        jobName,
        "UNKNOWN",
        date,
        campaign,
        startTime,
        endTime,
        durationMs,
        exitCode,
        GONE,
        steps);
  }

  BatchRun withSteps(List<Step> found) {
    return new BatchRun(
        jobExecutionId,
        jobName,
        status,
        date,
        campaign,
        startTime,
        endTime,
        durationMs,
        exitCode,
        exitMessage,
        found);
  }
}
