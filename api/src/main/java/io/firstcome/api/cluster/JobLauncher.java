package io.firstcome.api.cluster;

import io.firstcome.api.batch.BatchLauncher;
import io.firstcome.api.batch.BatchRunningException;
import io.firstcome.api.batch.BatchRuns;
import io.firstcome.api.cluster.BatchJobs.State;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Starts runs as Jobs of the cluster. The Job is told a label, which the run keeps among its
 * parameters, so that its id is found in the tables.
 */
final class JobLauncher implements BatchLauncher {
  private static final String STATISTICS = "daily-statistics";

  /** Most proxies, and people, give up after a minute. */
  private static final Duration LIMIT = Duration.ofSeconds(50);

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Of so many looks into the tables one is at the Job too. */
  private static final int LOOKS_PER_JOB_LOOK = 4;

  private static final State AT_WORK = new State(false, null);
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int LABEL_LENGTH = 8;

  private final BatchJobs jobs;
  private final BatchRuns runs;
  private final RandomGenerator random = new SecureRandom();

  JobLauncher(BatchJobs jobs, BatchRuns runs) {
    this.jobs = jobs;
    this.runs = runs;
  }

  /**
   * As the interface says, once the run has its id.
   *
   * @throws ProblemException {@link ErrorCode#SERVICE_UNAVAILABLE} if the Job cannot be made, fails
   *     before it has a run, or has none after {@link #LIMIT}
   */
  @Override
  public LaunchedRun aggregate(LocalDate date) {
    runs.atWork(STATISTICS)
        .ifPresent(run -> {
          throw new BatchRunningException(run.jobExecutionId());
        });
    long before = runs.newest();
    var label = label();
    var job =
        jobs.create(
            label, List.of("--job=" + STATISTICS, "--date=" + date, "--run-label=" + label));
    var looks = new int[1];
    return Patience.await(
            LIMIT,
            PAUSE,
            () -> {
              var state = ++looks[0] % LOOKS_PER_JOB_LOOK == 0 ? state(job) : AT_WORK;
              // After the look at the Job: one that has ended has its run by then.
              var run = runs.labelled(label, before);
              return run.isPresent() ? run : withoutRun(job, state, date);
            })
        .orElseThrow(() -> tooLate(job));
  }

  private State state(String job) {
    return jobs.state(job)
        .orElseThrow(() ->
            KubernetesProblems.unavailable(
                "The Job %s was deleted before its run began.".formatted(job), null));
  }

  /** A Job that succeeds without a run has waited for another one, which did the same work. */
  private Optional<LaunchedRun> withoutRun(String job, State state, LocalDate date) {
    if (state.failure() != null) {
      throw KubernetesProblems.unavailable(
          "The Job %s failed before its run began: %s. Its log says why: kubectl logs job/%s -n %s"
              .formatted(job, state.failure(), job, jobs.namespace()),
          null);
    }
    return state.succeeded() ? runs.completed(STATISTICS, date) : Optional.empty();
  }

  private ProblemException tooLate(String job) {
    var other =
        runs.atWork(STATISTICS)
            .map(run ->
                " The run %d is at work, and this one waits for it."
                    .formatted(run.jobExecutionId()))
            .orElse("");
    return KubernetesProblems.unavailable(
        ("The Job %s was made, but its run has not begun in %d s.%s When it begins it is in the"
                + " history. Look at: kubectl describe job %s -n %s")
            .formatted(job, LIMIT.toSeconds(), other, job, jobs.namespace()),
        null);
  }

  private String label() {
    var label = new StringBuilder();
    for (int i = 0; i < LABEL_LENGTH; i++) {
      label.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return label.toString();
  }
}
