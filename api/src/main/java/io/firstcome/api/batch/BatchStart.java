package io.firstcome.api.batch;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.audit.AuditLog;
import io.firstcome.api.batch.BatchLauncher.LaunchedRun;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Starts a run for a person, and notes who it was. */
@Component
final class BatchStart {
  private final ObjectProvider<BatchLauncher> launcher;
  private final AuditLog audit;
  private final TransactionOperations transactions;

  BatchStart(
      ObjectProvider<BatchLauncher> launcher, AuditLog audit, TransactionOperations transactions) {
    this.launcher = launcher;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * @throws ProblemException {@link ErrorCode#BATCH_RUNNING} with the id of the run that is at
   *     work, {@link ErrorCode#SERVICE_UNAVAILABLE} where no jobs run
   */
  LaunchedRun aggregate(LocalDate date, String operator) {
    var launched = launch(date);
    // After the launch and not around it: Spring Batch starts no job inside a transaction.
    transactions.executeWithoutResult(_ ->
        audit.add(
            new AuditEntry(
                operator,
                "BATCH_AGGREGATION_STARTED",
                null,
                null,
                Map.of("date", date, "jobExecutionId", launched.jobExecutionId()))));
    return launched;
  }

  private LaunchedRun launch(LocalDate date) {
    var available = launcher.getIfAvailable();
    if (available == null) {
      throw new ProblemException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "This process does not run jobs. Start the job 'daily-statistics' where jobs run; its"
              + " runs are shown here all the same.");
    }
    try {
      return available.aggregate(date);
    } catch (BatchRunningException e) {
      throw new ProblemException(
              ErrorCode.BATCH_RUNNING,
              "The run " + e.jobExecutionId() + " is at work; start another one when it has ended.",
              e)
          .with("jobExecutionId", e.jobExecutionId());
    }
  }
}
