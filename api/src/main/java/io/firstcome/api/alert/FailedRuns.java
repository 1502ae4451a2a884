package io.firstcome.api.alert;

import io.firstcome.core.lock.DatabaseLock;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds batch runs that ended badly or whose process is gone. Used by one thread. */
@Component
final class FailedRuns {
  // Spring Batch writes its times in the zone of its process; for days that does not matter.
  private static final String UNTOLD =
      """
      SELECT e.JOB_EXECUTION_ID AS id, i.JOB_NAME AS job, e.STATUS AS status,
             e.EXIT_MESSAGE AS exit_message,
             (SELECT MAX(p.PARAMETER_VALUE) FROM BATCH_JOB_EXECUTION_PARAMS p
               WHERE p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND p.PARAMETER_NAME = 'date')
               AS business_date,
             (SELECT MAX(p.PARAMETER_VALUE) FROM BATCH_JOB_EXECUTION_PARAMS p
               WHERE p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND p.PARAMETER_NAME = 'campaign')
               AS campaign
        FROM BATCH_JOB_EXECUTION e
        JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
       WHERE e.CREATE_TIME > UTC_TIMESTAMP(6) - INTERVAL 7 DAY
         AND e.STATUS IN ('FAILED', 'STOPPED', 'ABANDONED', 'UNKNOWN',
                          'STARTING', 'STARTED', 'STOPPING')
         AND NOT EXISTS (SELECT 1 FROM BATCH_JOB_EXECUTION restart
                          WHERE restart.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
                            AND restart.JOB_EXECUTION_ID > e.JOB_EXECUTION_ID)
         AND NOT EXISTS (SELECT 1 FROM alert a
                          WHERE a.problem = CONCAT('failed:', e.JOB_EXECUTION_ID))
       ORDER BY e.JOB_EXECUTION_ID
       LIMIT 1000
      """;

  private final DataSource database;
  private final JdbcClient jdbc;
  private Set<Long> goneLastTime = Set.of();

  FailedRuns(DataSource database, JdbcClient jdbc) {
    this.database = database;
    this.jdbc = jdbc;
  }

  /** The runs that nobody has heard of yet, oldest first. */
  List<FailedRun> find() throws SQLException {
    var abandoned = abandonedJobs(read());
    // Read again: a run may have ended well between our first look at it and the one at its lock.
    var found = read();
    var gone =
        found.stream()
            .filter(run -> run.saysAtWork() && abandoned.contains(run.job()))
            .map(FailedRun::id)
            .collect(Collectors.toSet());
    // A run is recorded a moment before or after its lock is taken, so twice in a row it must be.
    var certain = new HashSet<>(gone);
    certain.retainAll(goneLastTime);
    goneLastTime = gone;
    return found.stream().filter(run -> !run.saysAtWork() || certain.contains(run.id())).toList();
  }

  private List<FailedRun> read() {
    return jdbc.sql(UNTOLD)
        .query((row, _) ->
            new FailedRun(
                row.getLong("id"),
                row.getString("job"),
                row.getString("business_date"),
                row.getString("campaign"),
                row.getString("status"),
                row.getString("exit_message")))
        .list();
  }

  private Set<String> abandonedJobs(List<FailedRun> runs) throws SQLException {
    var jobs =
        runs.stream().filter(FailedRun::saysAtWork).map(FailedRun::job).collect(Collectors.toSet());
    var abandoned = new HashSet<String>();
    if (!jobs.isEmpty()) {
      try (var connection = database.getConnection()) {
        for (var job : jobs) {
          if (DatabaseLock.isFree(connection, DatabaseLock.nameOfJob(job))) {
            abandoned.add(job);
          }
        }
      }
    }
    return abandoned;
  }
}
