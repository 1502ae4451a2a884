package io.firstcome.batch.dailystatistics;

import io.firstcome.batch.run.BatchJob;
import io.firstcome.batch.run.PlainMessages;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** The job {@value #NAME}. */
@Configuration(proxyBeanMethods = false)
class DailyStatisticsJob {
  static final String NAME = "daily-statistics";

  // A partition is a worker and says nothing about campaigns, so it may be restarted as it is.
  private static final Partitioner WORKERS =
      count ->
          IntStream.range(0, count)
              .boxed()
              .collect(Collectors.toMap(n -> "worker" + n, _ -> new ExecutionContext()));

  @Bean
  BatchJob dailyStatistics(
      JobRepository repository, Aggregations aggregations, StatisticsSettings settings) {
    var workers = new SimpleAsyncTaskExecutor("statistics-");
    workers.setConcurrencyLimit(settings.threads());
    var worker =
        new StepBuilder("campaigns", repository)
            // Each campaign is a transaction of its own.
            .tasklet(
                (contribution, _) -> aggregations.work(contribution),
                new ResourcelessTransactionManager())
            .allowStartIfComplete(true)
            .build();
    var step =
        new StepBuilder("statistics", repository)
            .listener(aggregations)
            .allowStartIfComplete(true)
            .partitioner(worker.getName(), WORKERS)
            .step(worker)
            .gridSize(settings.threads())
            .taskExecutor(workers)
            .build();
    var job =
        new JobBuilder(NAME, repository)
            // Listeners are told the end in reverse: the job's own message comes last.
            .listener(aggregations)
            .listener(new PlainMessages())
            .start(step)
            .build();
    return new BatchJob(job, true, true);
  }
}
