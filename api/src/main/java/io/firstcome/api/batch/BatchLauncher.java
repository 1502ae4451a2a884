package io.firstcome.api.batch;

import java.time.LocalDate;

/** Starts the aggregation where jobs run: in this process, or as a Job in the cluster. */
public interface BatchLauncher {
  /**
   * Starts aggregating a day of all campaigns, and does not wait for its end.
   *
   * @throws BatchRunningException if a run is at work already
   */
  LaunchedRun aggregate(LocalDate date);

  /**
   * A run that has been started.
   *
   * @param status as Spring Batch calls it, as in STARTED
   */
  record LaunchedRun(long jobExecutionId, String status) {}
}
