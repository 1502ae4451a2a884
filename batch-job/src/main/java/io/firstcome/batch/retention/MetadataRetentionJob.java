package io.firstcome.batch.retention;

import io.firstcome.batch.run.BatchJob;
import io.firstcome.batch.run.PlainMessages;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job {@value #NAME}. */
@Configuration(proxyBeanMethods = false)
class MetadataRetentionJob {
  static final String NAME = "metadata-retention";

  @Bean
  BatchJob metadataRetention(
      JobRepository repository, OldRuns oldRuns, RetentionSettings settings) {
    var step =
        new StepBuilder("old-runs", repository)
            // What is removed at a time is a transaction of its own.
            .tasklet(
                (contribution, _) -> remove(contribution, oldRuns, settings),
                new ResourcelessTransactionManager())
            .allowStartIfComplete(true)
            .build();
    var job = new JobBuilder(NAME, repository).listener(new PlainMessages()).start(step).build();
    return new BatchJob(job, false, false);
  }

  private static RepeatStatus remove(
      StepContribution contribution, OldRuns oldRuns, RetentionSettings settings) {
    var removed = OldRuns.Removed.NOTHING;
    OldRuns.Removed some;
    do {
      some = oldRuns.removeSome(settings.retention());
      removed = removed.and(some);
    } while (some.executions() > 0 && !contribution.getStepExecution().isTerminateOnly());
    contribution.incrementWriteCount(removed.executions());
    contribution.setExitStatus(
        new ExitStatus(
            ExitStatus.COMPLETED.getExitCode(),
            "removed %d executions with %d steps and %d instances older than %s days"
                .formatted(
                    removed.executions(),
                    removed.steps(),
                    removed.instances(),
                    settings.retention().toDays())));
    return RepeatStatus.FINISHED;
  }
}
