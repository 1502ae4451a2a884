package io.firstcome.standalone;

import io.firstcome.api.batch.BatchLauncher;
import io.firstcome.api.batch.BatchRunningException;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.batch.run.JobRefusedException;
import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRunningException;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.core.error.ErrorCode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Starts runs that administrators ask the api for in this very process. */
final class BatchHere
    implements BatchLauncher, ApplicationContextInitializer<GenericApplicationContext> {
  private volatile @Nullable JobRuns runs;

  @Override
  public void initialize(GenericApplicationContext api) {
    api.registerBean("batchLauncher", BatchLauncher.class, () -> this);
  }

  void batchStarted(JobRuns jobRuns) {
    runs = jobRuns;
  }

  @Override
  public LaunchedRun aggregate(LocalDate date) {
    var started = runs;
    if (started == null) {
      throw new ProblemException(
          ErrorCode.SERVICE_UNAVAILABLE, "The jobs are still being started; try again shortly.");
    }
    try {
      return new LaunchedRun(
          started.start(new JobRequest("daily-statistics", date, null)), "STARTED");
    } catch (JobRunningException e) {
      throw new BatchRunningException(e.executionId().orElseThrow(() -> e));
    } catch (JobRefusedException e) {
      throw ProblemException.malformed("date", "Refused: " + e.getMessage() + ".");
    }
  }
}
