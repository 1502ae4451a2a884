package io.firstcome.api.batch;

/** A run of the job is at work already, and there is only ever one. */
public final class BatchRunningException extends RuntimeException {
  private final long jobExecutionId;

  /**
   * @param jobExecutionId of the run that is at work
   */
  public BatchRunningException(long jobExecutionId) {
    super("the run " + jobExecutionId + " is at work");
    this.jobExecutionId = jobExecutionId;
  }

  public long jobExecutionId() {
    return jobExecutionId;
  }
}
