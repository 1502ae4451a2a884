package io.firstcome.standalone;

import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRuns;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

/**
 * Runs the daily jobs when they are due, and at the start if the last due run was missed because
 * nothing was running. In a cluster CronJobs do this.
 */
final class DailyRuns implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DailyRuns.class);
  private static final JobRequest STATISTICS = new JobRequest("daily-statistics", null, null);
  private static final JobRequest RETENTION = new JobRequest("metadata-retention", null, null);
  // Somebody may just have started a run by hand.
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final JobRuns runs;
  private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

  private DailyRuns(JobRuns runs) {
    this.runs = runs;
  }

  /** Starts waiting for the due times. */
  static DailyRuns start(JobRuns runs, Schedule schedule) {
    var daily = new DailyRuns(runs);
    daily.scheduler.setThreadNamePrefix("daily-");
    daily.scheduler.setDaemon(true);
    daily.scheduler.initialize();
    daily.scheduler.execute(() -> daily.recover(!schedule.isNever()));
    if (!schedule.isNever()) {
      var trigger = new CronTrigger(schedule.withSeconds(), schedule.timeZone());
      var _ = daily.scheduler.schedule(daily::runAll, trigger);
    }
    return daily;
  }

  private void recover(boolean catchUp) {
    try {
      runs.recover();
      if (catchUp && !runs.hasCompleted(STATISTICS)) {
        runAll();
      }
    } catch (RuntimeException e) {
      log.error("Runs that were cut off or missed have not been looked after", e);
    }
  }

  private void runAll() {
    run(STATISTICS);
    run(RETENTION);
  }

  /** What fails is in the table of runs, too, and raises an alert from there. */
  private void run(JobRequest request) {
    try {
      var result = runs.run(request, PATIENCE);
      log.info("{}: {}, {}", request.job(), result.status(), result.message());
    } catch (RuntimeException e) {
      log.error("{} did not run", request.job(), e);
    }
  }

  /** Starts no more; a run that is at work is stopped with the jobs themselves. */
  @Override
  public void close() {
    scheduler.shutdown();
  }
}
