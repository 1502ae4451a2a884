package io.firstcome.batch.run;

import java.util.OptionalLong;

/** A run of the job is at work, in this process or another one. */
public final class JobRunningException extends RuntimeException {
  private final OptionalLong executionId;

  JobRunningException(String job, OptionalLong executionId) {
    super(
        "%s is at work%s"
            .formatted(
                job, executionId.isPresent() ? " as execution " + executionId.getAsLong() : ""));
    this.executionId = executionId;
  }

  /** The execution that is at work; empty only in the moment between two of them. */
  public OptionalLong executionId() {
    return executionId;
  }
}
