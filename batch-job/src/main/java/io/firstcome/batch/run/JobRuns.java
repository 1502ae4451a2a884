package io.firstcome.batch.run;

import io.firstcome.core.lock.DatabaseLock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Starts and follows runs of jobs. In all processes of a database one run of a job is at work at a
 * time: whoever runs it has the {@link DatabaseLock} {@code batch.<job>} until the run has ended.
 *
 * <p>The first run for a day (and campaign) is an instance of Spring Batch; a run after one that
 * failed or was stopped is another execution of the same instance, and after one that completed it
 * is the next instance.
 */
@Component
public final class JobRuns implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);
  // Below the socket timeout, and often enough to notice that the process is to stop.
  private static final Duration WAIT_AT_ONCE = Duration.ofSeconds(2);
  private static final Duration STOP_MAX = Duration.ofSeconds(25);
  private static final ZoneOffset FIRST_TO_BEGIN_A_DAY = ZoneOffset.ofHours(14);

  private final Map<String, BatchJob> jobs = new TreeMap<>();
  private final JobRepository repository;
  private final DataSource database;
  private final RunRows rows;
  private final ZoneId timeZone;
  private final Set<Run> atWork = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  JobRuns(
      List<BatchJob> jobs,
      JobRepository repository,
      DataSource database,
      RunRows rows,
      TimeZoneSettings settings) {
    jobs.forEach(job -> this.jobs.put(job.name(), job));
    this.repository = repository;
    this.database = database;
    this.rows = rows;
    this.timeZone = settings.timeZone();
  }

  /**
   * Runs a job in the calling thread. If it is at work already, waits until that has ended; if that
   * was for the same day and campaign and completed, it is not done again.
   *
   * @param patience how long to wait for whoever is at work
   * @throws JobRefusedException if the request makes no sense
   * @throws JobRunningException if somebody is still at work after that time
   * @throws org.springframework.dao.DataAccessException if the database is away
   */
  public RunResult run(JobRequest request, Duration patience) {
    var wanted = check(request);
    long completedBefore = newestCompleted(wanted).map(RunRows.Execution::id).orElse(0L);
    try (var _ = takeLock(wanted.job(), patience)) {
      recover(wanted.job());
      var meanwhile = newestCompleted(wanted).filter(run -> run.id() > completedBefore);
      if (meanwhile.isPresent()) {
        return result(wanted, meanwhile.get(), true);
      }
      var run = new Run(wanted.job(), create(wanted));
      work(run);
      return result(wanted, run.execution);
    }
  }

  /**
   * Starts a job in the background.
   *
   * @return the id of its execution
   * @throws JobRefusedException if the request makes no sense
   * @throws JobRunningException if the job is at work already
   * @throws org.springframework.dao.DataAccessException if the database is away
   */
  public long start(JobRequest request) {
    var wanted = check(request);
    // Whoever has the lock without an execution is about to begin or has just ended.
    var patience = rows.atWork(wanted.job().name()).isPresent() ? Duration.ZERO : WAIT_AT_ONCE;
    var lock = takeLock(wanted.job(), patience);
    try {
      recover(wanted.job());
      var run = new Run(wanted.job(), create(wanted));
      Thread.ofPlatform()
          .name("run-" + wanted.job().name())
          .start(() -> {
            try (lock) {
              work(run);
            } catch (RuntimeException e) {
              LOG.error("The run {} ended without a record", run.execution.getId(), e);
            }
          });
      return run.execution.getId();
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Whether this has been done.
   *
   * @throws JobRefusedException if the request makes no sense
   * @throws org.springframework.dao.DataAccessException if the database is away
   */
  public boolean hasCompleted(JobRequest request) {
    return newestCompleted(check(request)).isPresent();
  }

  /**
   * Marks executions that processes have left behind when they ended early. For jobs that are at
   * work nothing is done.
   *
   * @throws org.springframework.dao.DataAccessException if the database is away
   */
  public void recover() {
    for (var job : jobs.values()) {
      take(job, Duration.ZERO)
          .ifPresent(lock -> {
            try (lock) {
              recover(job);
            }
          });
    }
  }

  private void recover(BatchJob job) {
    int marked = rows.markGone(job.name());
    if (marked > 0) {
      LOG.warn("{}: {} run(s) marked as failed: {}", job.name(), marked, RunRows.GONE);
    }
  }

  private record Wanted(
      BatchJob job, @Nullable String date, @Nullable String campaign, @Nullable String label) {}

  private Wanted check(JobRequest request) {
    var job = jobs.get(request.job());
    if (job == null) {
      throw new JobRefusedException(
          "there is no job %s; there are %s"
              .formatted(request.job(), String.join(", ", jobs.keySet())));
    }
    return new Wanted(
        job, date(job, request.date()), campaign(job, request.campaign()), request.label());
  }

  private @Nullable String date(BatchJob job, @Nullable LocalDate date) {
    if (!job.perDay()) {
      if (date != null) {
        throw new JobRefusedException(job.name() + " takes no date");
      }
      return null;
    }
    var now = rows.now();
    if (date == null) {
      return LocalDate.ofInstant(now, timeZone).minusDays(1).toString();
    }
    // Each campaign counts days in its own time zone, so any day that has begun somewhere is one.
    var newest = LocalDate.ofInstant(now, FIRST_TO_BEGIN_A_DAY);
    if (date.isAfter(newest) || date.isBefore(LocalDate.EPOCH)) {
      throw new JobRefusedException(
          "the date %s is not from 1970-01-01 to %s, the last day that has begun anywhere"
              .formatted(date, newest));
    }
    return date.toString();
  }

  private @Nullable String campaign(BatchJob job, @Nullable String campaign) {
    if (campaign == null) {
      return null;
    }
    if (!job.perCampaign()) {
      throw new JobRefusedException(job.name() + " takes no campaign");
    }
    if (!rows.campaignExists(campaign)) {
      throw new JobRefusedException("there is no campaign with the name " + campaign);
    }
    return campaign;
  }

  private Optional<RunRows.Execution> newestCompleted(Wanted wanted) {
    return executions(wanted).stream()
        .filter(execution -> execution.status() == BatchStatus.COMPLETED)
        .findFirst();
  }

  private List<RunRows.Execution> executions(Wanted wanted) {
    return rows.executions(wanted.job().name(), wanted.date(), wanted.campaign());
  }

  private DatabaseLock takeLock(BatchJob job, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      var lock = take(job, left.compareTo(WAIT_AT_ONCE) < 0 ? left : WAIT_AT_ONCE);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (closing || System.nanoTime() >= end) {
        throw new JobRunningException(job.name(), rows.atWork(job.name()));
      }
    }
  }

  private Optional<DatabaseLock> take(BatchJob job, Duration patience) {
    try {
      return DatabaseLock.take(database, DatabaseLock.nameOfJob(job.name()), patience);
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("The lock of " + job.name(), e);
    }
  }

  private JobExecution create(Wanted wanted) {
    var name = wanted.job().name();
    var parameters = parameters(wanted);
    var instance = repository.getJobInstance(name, parameters);
    if (instance == null) {
      instance = repository.createJobInstance(name, parameters);
    }
    // Nothing of an earlier execution is needed: a job computes everything again.
    return repository.createJobExecution(instance, parameters, new ExecutionContext());
  }

  private JobParameters parameters(Wanted wanted) {
    var last = executions(wanted).stream().findFirst();
    long run =
        last.map(it -> it.status() == BatchStatus.COMPLETED ? it.run() + 1 : it.run()).orElse(1L);
    var parameters = new JobParametersBuilder().addLong("run", run);
    if (wanted.date() != null) {
      parameters.addString("date", wanted.date());
    }
    if (wanted.campaign() != null) {
      parameters.addString("campaign", wanted.campaign());
    }
    if (wanted.label() != null) {
      // Not identifying: the same work under another label is the same instance.
      parameters.addString("label", wanted.label(), false);
    }
    return parameters.toJobParameters();
  }

  private static final class Run {
    final BatchJob job;
    final JobExecution execution;
    final CountDownLatch ended = new CountDownLatch(1);

    Run(BatchJob job, JobExecution execution) {
      this.job = job;
      this.execution = execution;
    }

    void stop() {
      if (!execution.getStatus().isRunning()) {
        return;
      }
      execution.setStatus(BatchStatus.STOPPING);
      List.copyOf(execution.getStepExecutions()).forEach(StepExecution::setTerminateOnly);
    }
  }

  private void work(Run run) {
    atWork.add(run);
    try {
      if (closing) {
        run.stop();
      }
      run.job.job().execute(run.execution);
    } catch (JobInterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      atWork.remove(run);
      run.ended.countDown();
    }
  }

  private static RunResult result(Wanted wanted, RunRows.Execution run, boolean byAnother) {
    return new RunResult(
        run.id(), wanted.date(), run.status(), run.message(), run.duration(), false, byAnother);
  }

  private static RunResult result(Wanted wanted, JobExecution execution) {
    var start = execution.getStartTime();
    var end = execution.getEndTime();
    var duration = start == null || end == null ? Duration.ZERO : Duration.between(start, end);
    return new RunResult(
        execution.getId(),
        wanted.date(),
        execution.getStatus(),
        execution.getExitStatus().getExitDescription(),
        duration,
        execution.getExitStatus().getExitCode().equals(RunResult.SERVER_AWAY),
        false);
  }

  /** Lets the runs of this process stop after what they are doing, and waits for that. */
  @Override
  public void destroy() throws InterruptedException {
    closing = true;
    long end = System.nanoTime() + STOP_MAX.toNanos();
    for (var run : atWork) {
      LOG.info("Stopping execution {} of {}", run.execution.getId(), run.job.name());
      // More than once, because a run may be adding steps at this moment.
      do {
        run.stop();
      } while (!run.ended.await(100, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
    }
    if (!atWork.isEmpty()) {
      LOG.warn("A run did not stop in {} s; the next start takes care of it", STOP_MAX.toSeconds());
    }
  }
}
