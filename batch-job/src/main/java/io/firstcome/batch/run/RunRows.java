package io.firstcome.batch.run;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What Spring Batch keeps of runs, as far as it has no question for it. */
@Component
class RunRows {
  static final String GONE = "the process that ran it is gone";

  private static final List<String> UNFINISHED =
      List.of("STARTING", "STARTED", "STOPPING", "UNKNOWN");

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;

  RunRows(JdbcClient jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  record Execution(long id, BatchStatus status, String message, Duration duration, long run) {}

  /** Executions of a job for the same day and campaign, newest first. */
  List<Execution> executions(String job, @Nullable String date, @Nullable String campaign) {
    return jdbc.sql(
            """
            SELECT e.JOB_EXECUTION_ID, e.STATUS, e.EXIT_MESSAGE, e.START_TIME, e.END_TIME,
              CAST(r.PARAMETER_VALUE AS SIGNED) AS RUN
            FROM BATCH_JOB_INSTANCE i
            JOIN BATCH_JOB_EXECUTION e ON e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID
            JOIN BATCH_JOB_EXECUTION_PARAMS r
              ON r.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND r.PARAMETER_NAME = 'run'
            LEFT JOIN BATCH_JOB_EXECUTION_PARAMS d
              ON d.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND d.PARAMETER_NAME = 'date'
            LEFT JOIN BATCH_JOB_EXECUTION_PARAMS c
              ON c.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND c.PARAMETER_NAME = 'campaign'
            WHERE i.JOB_NAME = ? AND d.PARAMETER_VALUE <=> ? AND c.PARAMETER_VALUE <=> ?
            ORDER BY e.JOB_EXECUTION_ID DESC
            """)
        .params(Arrays.asList(job, date, campaign))
        .query((row, _) ->
            new Execution(
                row.getLong(1),
                BatchStatus.valueOf(row.getString(2)),
                row.getString(3) == null ? "" : row.getString(3),
                duration(row.getTimestamp(4), row.getTimestamp(5)),
                row.getLong(6)))
        .list();
  }

  private static Duration duration(@Nullable Timestamp start, @Nullable Timestamp end) {
    return start == null || end == null
        ? Duration.ZERO
        : Duration.between(start.toInstant(), end.toInstant());
  }

  /** The newest execution of a job that says it is at work. */
  OptionalLong atWork(String job) {
    return jdbc.sql(
            """
            SELECT MAX(e.JOB_EXECUTION_ID)
            FROM BATCH_JOB_EXECUTION e
            JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
            WHERE i.JOB_NAME = :job AND e.STATUS IN (:unfinished)
            """)
        .param("job", job)
        .param("unfinished", UNFINISHED)
        .query((row, _) -> {
          long id = row.getLong(1);
          return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
        })
        .single();
  }

  /**
   * Marks what says it is at work as failed; only for who has the job's lock. UNKNOWN, which Spring
   * Batch would never start again, is what a lost database leaves behind. So is an instance without
   * an execution, which it could not start at all.
   *
   * @return how many executions
   */
  int markGone(String job) {
    return Objects.requireNonNull(transactions.execute(_ -> markGoneInTransaction(job)));
  }

  private int markGoneInTransaction(String job) {
    jdbc.sql(
            """
            UPDATE BATCH_STEP_EXECUTION s
            JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = s.JOB_EXECUTION_ID
            JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
            SET s.STATUS = 'FAILED', s.EXIT_CODE = 'FAILED', s.EXIT_MESSAGE = :message,
              s.END_TIME = UTC_TIMESTAMP(6), s.LAST_UPDATED = UTC_TIMESTAMP(6),
              s.VERSION = s.VERSION + 1
            WHERE i.JOB_NAME = :job AND s.STATUS IN (:unfinished)
            """)
        .param("message", GONE)
        .param("job", job)
        .param("unfinished", UNFINISHED)
        .update();
    int marked =
        jdbc.sql(
                """
                UPDATE BATCH_JOB_EXECUTION e
                JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
                SET e.STATUS = 'FAILED', e.EXIT_CODE = 'FAILED', e.EXIT_MESSAGE = :message,
                  e.END_TIME = UTC_TIMESTAMP(6), e.LAST_UPDATED = UTC_TIMESTAMP(6),
                  e.VERSION = e.VERSION + 1
                WHERE i.JOB_NAME = :job AND e.STATUS IN (:unfinished)
                """)
            .param("message", GONE)
            .param("job", job)
            .param("unfinished", UNFINISHED)
            .update();
    jdbc.sql(
            """
            DELETE i FROM BATCH_JOB_INSTANCE i
            LEFT JOIN BATCH_JOB_EXECUTION e ON e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID
            WHERE i.JOB_NAME = ? AND e.JOB_EXECUTION_ID IS NULL
            """)
        .param(job)
        .update();
    return marked;
  }

  boolean campaignExists(String name) {
    return jdbc.sql("SELECT COUNT(*) FROM campaign WHERE name = ?")
            .param(name)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** The time by the database's clock. */
  Instant now() {
    return jdbc.sql("SELECT UTC_TIMESTAMP(6)")
        .query(LocalDateTime.class)
        .single()
        .toInstant(ZoneOffset.UTC);
  }
}
