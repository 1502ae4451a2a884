package io.firstcome.api.alert;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The alerts of the last week whose problem is still there. */
@Component
public final class BatchProblems {
  // A run that was started again, or anew for the same day, has taken the problem over.
  private static final String STILL_FAILED =
      """
      SELECT a.title, a.details, a.raised_at, campaign.PARAMETER_VALUE AS campaign
        FROM alert a
        JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = CAST(SUBSTRING(a.problem, 8) AS UNSIGNED)
        JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
        LEFT JOIN BATCH_JOB_EXECUTION_PARAMS day
               ON day.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND day.PARAMETER_NAME = 'date'
        LEFT JOIN BATCH_JOB_EXECUTION_PARAMS campaign
               ON campaign.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
              AND campaign.PARAMETER_NAME = 'campaign'
       WHERE a.kind = 'FAILED' AND a.raised_at > UTC_TIMESTAMP(6) - INTERVAL 7 DAY
         AND NOT EXISTS (
               SELECT 1
                 FROM BATCH_JOB_EXECUTION later
                 JOIN BATCH_JOB_INSTANCE li ON li.JOB_INSTANCE_ID = later.JOB_INSTANCE_ID
                 LEFT JOIN BATCH_JOB_EXECUTION_PARAMS lday
                        ON lday.JOB_EXECUTION_ID = later.JOB_EXECUTION_ID
                       AND lday.PARAMETER_NAME = 'date'
                WHERE later.JOB_EXECUTION_ID > e.JOB_EXECUTION_ID
                  AND li.JOB_NAME = i.JOB_NAME
                  AND (later.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
                       OR later.STATUS = 'COMPLETED'
                          AND lday.PARAMETER_VALUE = day.PARAMETER_VALUE))
       ORDER BY a.id DESC
       LIMIT 20
      """;

  private final JdbcClient jdbc;
  private final MissedRuns missedRuns;

  BatchProblems(JdbcClient jdbc, MissedRuns missedRuns) {
    this.jdbc = jdbc;
    this.missedRuns = missedRuns;
  }

  /**
   * A run that failed or is missing.
   *
   * @param campaign the one that it was for, null for all
   * @param since null if nobody knows
   */
  public record BatchProblem(
      boolean missed,
      @Nullable String campaign,
      String title,
      String details,
      @Nullable Instant since) {}

  /** Newest first. */
  public List<BatchProblem> current() {
    var failed =
        jdbc.sql(STILL_FAILED)
            .query((row, _) ->
                new BatchProblem(
                    false,
                    row.getString("campaign"),
                    row.getString("title"),
                    withoutLink(row.getString("details")),
                    row.getObject("raised_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
            .list();
    var missed =
        missedRuns
            .find()
            .map(alert -> new BatchProblem(true, null, alert.title(), alert.details(), null));
    return Stream.concat(failed.stream(), missed.stream()).toList();
  }

  /** An alert leads to the api, from wherever it is read; a page has links of its own. */
  private static String withoutLink(String details) {
    return details
        .lines()
        .filter(line -> !line.startsWith(FailedRun.LINK))
        .collect(Collectors.joining("\n"));
  }
}
