package io.firstcome.batch.run;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * The exit message of a job is read by people: a sentence, where Spring Batch has a stack trace.
 */
public final class PlainMessages implements JobExecutionListener {
  @Override
  public void afterJob(JobExecution execution) {
    if (execution.getStatus() == BatchStatus.STOPPED) {
      execution.setExitStatus(new ExitStatus(ExitStatus.STOPPED.getExitCode(), "stopped early"));
    } else if (!execution.getAllFailureExceptions().isEmpty()) {
      execution.setExitStatus(
          new ExitStatus(
              ExitStatus.FAILED.getExitCode(),
              "failed unexpectedly, the log of the process says why"));
    }
  }
}
