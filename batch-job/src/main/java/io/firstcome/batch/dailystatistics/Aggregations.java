package io.firstcome.batch.dailystatistics;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * The run at work, as Spring Batch sees it: begins and ends with the step that starts the workers,
 * and each worker takes its campaigns from it. So there are as many step executions as workers, not
 * as campaigns.
 */
@Component
class Aggregations implements StepExecutionListener, JobExecutionListener {
  // How often the counts of a worker are written down.
  private static final Duration REPORT = Duration.ofSeconds(1);

  private final CampaignStatistics statistics;
  private final Map<Long, Aggregation> atWork = new ConcurrentHashMap<>();

  Aggregations(CampaignStatistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public void beforeStep(StepExecution step) {
    var parameters = step.getJobParameters();
    var date = LocalDate.parse(Objects.requireNonNull(parameters.getString("date")));
    atWork.put(
        step.getJobExecutionId(),
        new Aggregation(statistics, date, parameters.getString("campaign")));
  }

  /** A while of a worker. */
  RepeatStatus work(StepContribution contribution) {
    var step = contribution.getStepExecution();
    var aggregation = Objects.requireNonNull(atWork.get(step.getJobExecutionId()));
    long end = System.nanoTime() + REPORT.toNanos();
    do {
      if (step.isTerminateOnly()) {
        aggregation.stop();
      }
      if (!aggregation.doNext(contribution)) {
        return RepeatStatus.FINISHED;
      }
    } while (System.nanoTime() < end);
    return RepeatStatus.CONTINUABLE;
  }

  @Override
  public @Nullable ExitStatus afterStep(StepExecution step) {
    var aggregation = Objects.requireNonNull(atWork.get(step.getJobExecutionId()));
    if (!aggregation.isComplete()) {
      step.setStatus(BatchStatus.FAILED);
      return new ExitStatus(ExitStatus.FAILED.getExitCode(), aggregation.summary());
    }
    return new ExitStatus(ExitStatus.COMPLETED.getExitCode(), aggregation.summary());
  }

  @Override
  public void afterJob(JobExecution job) {
    var aggregation = atWork.remove(job.getId());
    if (aggregation != null && aggregation.isStopped()) {
      job.setExitStatus(new ExitStatus(ExitStatus.STOPPED.getExitCode(), aggregation.summary()));
    }
  }
}
