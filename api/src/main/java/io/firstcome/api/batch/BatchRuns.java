package io.firstcome.api.batch;

import io.firstcome.api.batch.BatchLauncher.LaunchedRun;
import io.firstcome.api.paging.PageWanted;
import io.firstcome.core.lock.DatabaseLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what Spring Batch has written about its runs. */
@Component
public final class BatchRuns {
  private static final String FROM =
      """
        FROM BATCH_JOB_EXECUTION e
        JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
      """;
  private static final String SELECT =
      """
      SELECT e.JOB_EXECUTION_ID, i.JOB_NAME, e.STATUS, e.START_TIME, e.END_TIME, e.EXIT_CODE,
             e.EXIT_MESSAGE,
             (SELECT MAX(p.PARAMETER_VALUE) FROM BATCH_JOB_EXECUTION_PARAMS p
               WHERE p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
                 AND p.PARAMETER_NAME = 'date') AS RUN_DATE,
             (SELECT MAX(p.PARAMETER_VALUE) FROM BATCH_JOB_EXECUTION_PARAMS p
               WHERE p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
                 AND p.PARAMETER_NAME = 'campaign') AS RUN_CAMPAIGN
      """
          + FROM;
  private static final String BY_JOB = " WHERE :job IS NULL OR i.JOB_NAME = :job";
  private static final String STEPS =
      """
      SELECT JOB_EXECUTION_ID, STEP_NAME, STATUS, READ_COUNT, WRITE_COUNT,
             READ_SKIP_COUNT + WRITE_SKIP_COUNT + PROCESS_SKIP_COUNT AS SKIP_COUNT,
             START_TIME, END_TIME
        FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID IN (:ids) ORDER BY STEP_EXECUTION_ID
      """;

  private final JdbcClient jdbc;
  private final JdbcOperations connections;

  BatchRuns(JdbcClient jdbc, JdbcOperations connections) {
    this.jdbc = jdbc;
    this.connections = connections;
  }

  Optional<BatchRun> find(long jobExecutionId) {
    return complete(read(List.of(jobExecutionId))).stream().findFirst();
  }

  /**
   * Newest first.
   *
   * @param job the name of a job; null for all
   */
  List<BatchRun> list(@Nullable String job, PageWanted page) {
    return complete(
        jdbc.sql(SELECT + BY_JOB + " ORDER BY e.JOB_EXECUTION_ID DESC LIMIT :o, :n")
            .param("job", job)
            .param("o", page.offset())
            .param("n", page.size())
            .query((row, _) -> run(row))
            .list());
  }

  long count(@Nullable String job) {
    return jdbc.sql("SELECT COUNT(*)" + FROM + BY_JOB).param("job", job).query(Long.class).single();
  }

  /** The run of this job that is at work now. */
  public Optional<LaunchedRun> atWork(String job) {
    return runAtWork(job)
        .flatMap(this::find)
        .filter(BatchRun::isUnfinished)
        .map(BatchRuns::launched);
  }

  /**
   * The run that was started with this label.
   *
   * @param after the id of a run that began before it
   */
  public Optional<LaunchedRun> labelled(String label, long after) {
    return jdbc.sql(
            """
            SELECT e.JOB_EXECUTION_ID, e.STATUS FROM BATCH_JOB_EXECUTION_PARAMS p
              JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = p.JOB_EXECUTION_ID
             WHERE p.JOB_EXECUTION_ID > :after AND p.PARAMETER_NAME = 'label'
               AND p.PARAMETER_VALUE = :label
            """)
        .param("after", after)
        .param("label", label)
        .query((row, _) -> new LaunchedRun(row.getLong(1), row.getString(2)))
        .optional();
  }

  /** The newest run of the job for a day of all campaigns that has completed. */
  public Optional<LaunchedRun> completed(String job, LocalDate date) {
    return jdbc.sql(
            "SELECT MAX(e.JOB_EXECUTION_ID)"
                + FROM
                + """
                 WHERE i.JOB_NAME = :job AND e.STATUS = 'COMPLETED'
                   AND (SELECT GROUP_CONCAT(p.PARAMETER_VALUE) FROM BATCH_JOB_EXECUTION_PARAMS p
                         WHERE p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
                           AND p.PARAMETER_NAME IN ('date', 'campaign')) = :date
                """)
        .param("job", job)
        .param("date", date.toString())
        .query(Long.class)
        .optional()
        .map(id -> new LaunchedRun(id, "COMPLETED"));
  }

  /** The id of the newest run of all; zero if there is none. */
  public long newest() {
    return jdbc.sql("SELECT COALESCE(MAX(JOB_EXECUTION_ID), 0) FROM BATCH_JOB_EXECUTION")
        .query(Long.class)
        .single();
  }

  private static LaunchedRun launched(BatchRun run) {
    return new LaunchedRun(run.jobExecutionId(), run.status());
  }

  private List<BatchRun> read(Collection<Long> ids) {
    return jdbc.sql(SELECT + " WHERE e.JOB_EXECUTION_ID IN (:ids)")
        .param("ids", ids)
        .query((row, _) -> run(row))
        .list();
  }

  private List<BatchRun> complete(List<BatchRun> runs) {
    if (runs.isEmpty()) {
      return runs;
    }
    var told = withoutTheGone(runs);
    var steps = steps(told.stream().map(BatchRun::jobExecutionId).toList());
    return told.stream()
        .map(run -> run.withSteps(steps.getOrDefault(run.jobExecutionId(), List.of())))
        .toList();
  }

  /**
   * The process that runs a job takes its lock before the run exists and gives it back after the
   * run has ended. So of a run that still says that it is at work when its lock has been seen free,
   * the process is gone.
   */
  private List<BatchRun> withoutTheGone(List<BatchRun> runs) {
    var atWork = new HashMap<String, Optional<Long>>();
    var suspects = new ArrayList<Long>();
    for (var run : runs) {
      if (run.isUnfinished()
          && !atWork
              .computeIfAbsent(run.jobName(), this::runAtWork)
              .equals(Optional.of(run.jobExecutionId()))) {
        suspects.add(run.jobExecutionId());
      }
    }
    if (suspects.isEmpty()) {
      return runs;
    }
    // It may have ended between the first look at it and the look at the lock.
    var again = new HashMap<Long, BatchRun>();
    for (var run : read(suspects)) {
      again.put(run.jobExecutionId(), run.isUnfinished() ? run.gone() : run);
    }
    return runs.stream().map(run -> again.getOrDefault(run.jobExecutionId(), run)).toList();
  }

  /** Of several runs that say they are at work, only the newest can be the one with the lock. */
  private Optional<Long> runAtWork(String job) {
    boolean free =
        Objects.requireNonNull(
            connections.execute(
                (ConnectionCallback<Boolean>)
                    connection -> DatabaseLock.isFree(connection, DatabaseLock.nameOfJob(job))));
    return free
        ? Optional.empty()
        : jdbc.sql("SELECT MAX(e.JOB_EXECUTION_ID)" + FROM + " WHERE i.JOB_NAME = :job")
            .param("job", job)
            .query(Long.class)
            .optional();
  }

  private Map<Long, List<BatchRun.Step>> steps(List<Long> ids) {
    var steps = new HashMap<Long, List<BatchRun.Step>>();
    jdbc.sql(STEPS)
        .param("ids", ids)
        .query(
            (RowCallbackHandler)
                row ->
                    steps
                        .computeIfAbsent(row.getLong("JOB_EXECUTION_ID"), _ -> new ArrayList<>())
                        .add(step(row)));
    return steps;
  }

  private static BatchRun run(ResultSet row) throws SQLException {
    var start = instant(row, "START_TIME");
    var end = instant(row, "END_TIME");
    return new BatchRun(
        row.getLong("JOB_EXECUTION_ID"),
        row.getString("JOB_NAME"),
        row.getString("STATUS"),
        row.getString("RUN_DATE"),
        row.getString("RUN_CAMPAIGN"),
        start,
        end,
        BatchRun.millis(start, end),
        row.getString("EXIT_CODE"),
        ExitMessage.shown(row.getString("EXIT_MESSAGE")),
        List.of());
  }

  private static BatchRun.Step step(ResultSet row) throws SQLException {
    return new BatchRun.Step(
        row.getString("STEP_NAME"),
        row.getString("STATUS"),
        row.getLong("READ_COUNT"),
        row.getLong("WRITE_COUNT"),
        row.getLong("SKIP_COUNT"),
        instant(row, "START_TIME"),
        instant(row, "END_TIME"));
  }

  // Spring Batch writes the time of its JVM's zone, which Connector/J turns into UTC on the way.
  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
