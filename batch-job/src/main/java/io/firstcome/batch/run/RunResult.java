package io.firstcome.batch.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * How a run ended.
 *
 * @param executionId of Spring Batch
 * @param date the day it was for, as in 2025-12-28; null if the job is not for a day
 * @param status COMPLETED, FAILED or STOPPED
 * @param message what it did or why it failed, for a person
 * @param duration from its start to its end
 * @param serverAway whether it failed because a server did not answer, which says nothing about the
 *     work
 * @param byAnother whether it is the run of somebody else, who did this work while we waited
 */
public record RunResult(
    long executionId,
    @Nullable String date,
    BatchStatus status,
    String message,
    Duration duration,
    boolean serverAway,
    boolean byAnother) {
  /** The exit code of a job that could not reach a server. */
  public static final String SERVER_AWAY = "SERVER_AWAY";

  /** Whether everything was done. */
  public boolean isCompleted() {
    return status == BatchStatus.COMPLETED;
  }
}
