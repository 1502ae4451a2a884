package io.firstcome.batch.retention;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The statements that remove what Spring Batch keeps of old runs. */
@Component
class OldRuns {
  private static final int EXECUTIONS_A_TRANSACTION = 500;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;

  OldRuns(JdbcClient jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** How much was removed. */
  record Removed(int executions, int steps, int instances) {
    static final Removed NOTHING = new Removed(0, 0, 0);

    Removed and(Removed more) {
      return new Removed(
          executions + more.executions, steps + more.steps, instances + more.instances);
    }
  }

  /**
   * Removes some executions that began longer ago than this: not what is at work, and of each job
   * neither the last execution nor the last one that completed.
   *
   * @return nothing if no more are left
   */
  Removed removeSome(Duration age) {
    return Objects.requireNonNull(transactions.execute(_ -> removeInTransaction(age)));
  }

  private Removed removeInTransaction(Duration age) {
    var old =
        jdbc.sql(
                """
                SELECT JOB_EXECUTION_ID, JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION
                WHERE CREATE_TIME < UTC_TIMESTAMP(6) - INTERVAL :seconds SECOND
                  AND STATUS NOT IN ('STARTING', 'STARTED', 'STOPPING')
                  AND JOB_EXECUTION_ID NOT IN (
                    SELECT MAX(e.JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION e
                    JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
                    GROUP BY i.JOB_NAME)
                  AND JOB_EXECUTION_ID NOT IN (
                    SELECT MAX(e.JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION e
                    JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
                    WHERE e.STATUS = 'COMPLETED' GROUP BY i.JOB_NAME)
                ORDER BY JOB_EXECUTION_ID LIMIT :max
                """)
            .param("seconds", age.toSeconds())
            .param("max", EXECUTIONS_A_TRANSACTION)
            .query((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
            .list();
    if (old.isEmpty()) {
      return Removed.NOTHING;
    }
    var executions = old.stream().map(ids -> ids[0]).toList();
    var instances = Set.copyOf(old.stream().map(ids -> ids[1]).toList());
    delete(
        """
        DELETE x FROM BATCH_STEP_EXECUTION_CONTEXT x
        JOIN BATCH_STEP_EXECUTION s ON s.STEP_EXECUTION_ID = x.STEP_EXECUTION_ID
        WHERE s.JOB_EXECUTION_ID IN (:ids)
        """,
        executions);
    int steps = delete(from("BATCH_STEP_EXECUTION"), executions);
    delete(from("BATCH_JOB_EXECUTION_CONTEXT"), executions);
    delete(from("BATCH_JOB_EXECUTION_PARAMS"), executions);
    int removed = delete(from("BATCH_JOB_EXECUTION"), executions);
    // Only theirs: an instance that has no execution yet may be about to get one.
    int emptied =
        delete(
            """
            DELETE i FROM BATCH_JOB_INSTANCE i
            LEFT JOIN BATCH_JOB_EXECUTION e ON e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID
            WHERE i.JOB_INSTANCE_ID IN (:ids) AND e.JOB_EXECUTION_ID IS NULL
            """,
            List.copyOf(instances));
    return new Removed(removed, steps, emptied);
  }

  private static String from(String table) {
    return "DELETE FROM " + table + " WHERE JOB_EXECUTION_ID IN (:ids)";
  }

  private int delete(String sql, List<Long> ids) {
    return jdbc.sql(sql).param("ids", ids).update();
  }
}
