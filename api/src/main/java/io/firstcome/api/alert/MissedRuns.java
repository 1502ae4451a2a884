package io.firstcome.api.alert;

import io.firstcome.api.campaign.TimeZoneSettings;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the day whose daily run was due and did not do its work. */
@Component
final class MissedRuns {
  private static final int NAMES_MAX = 5;

  // Decisions that came while a campaign was aggregated leave the day pending although the run was
  // there: a campaign that was aggregated since the run was due is not left out.
  private static final String LEFT_OUT =
      """
        FROM stats_pending p
        JOIN campaign c ON c.id = p.campaign_id
        LEFT JOIN stats_aggregation a ON a.campaign_id = p.campaign_id
       WHERE p.stat_date <= :date AND p.since < :due
         AND (a.aggregated_at IS NULL OR a.aggregated_at < :due)
      """;

  private final JdbcClient jdbc;
  private final Schedule schedule;
  private final TimeZoneSettings platform;
  private final AlertSettings settings;

  MissedRuns(
      JdbcClient jdbc, ScheduleSettings batch, TimeZoneSettings platform, AlertSettings settings) {
    this.jdbc = jdbc;
    this.schedule = Schedule.of(batch.schedule());
    this.platform = platform;
    this.settings = settings;
  }

  /** The alert for the last run that was due, if it was missed and nobody has heard of it. */
  Optional<Alert> find() {
    var now =
        jdbc.sql("SELECT UTC_TIMESTAMP(6)")
            .query(LocalDateTime.class)
            .single()
            .toInstant(ZoneOffset.UTC);
    return DueRun.last(schedule, platform.timeZone(), now, settings.missedAfter())
        .flatMap(due -> {
          var state = state(due);
          return state.isMissed()
              ? Optional.of(state.alert(due, settings.base()))
              : Optional.empty();
        });
  }

  private DayState state(DueRun due) {
    var at = LocalDateTime.ofInstant(due.at(), ZoneOffset.UTC);
    var hadCampaigns =
        jdbc.sql("SELECT EXISTS (SELECT 1 FROM campaign WHERE created_at < :due)")
            .param("due", at)
            .query(Boolean.class)
            .single();
    var leftOut =
        jdbc.sql("SELECT COUNT(DISTINCT c.id)" + LEFT_OUT)
            .param("date", due.date())
            .param("due", at)
            .query(Long.class)
            .single();
    var names =
        jdbc.sql("SELECT DISTINCT c.name AS name" + LEFT_OUT + " ORDER BY name LIMIT " + NAMES_MAX)
            .param("date", due.date())
            .param("due", at)
            .query((row, _) -> row.getString("name"))
            .list();
    return new DayState(hadCampaigns, isCompleted(due), leftOut, names);
  }

  private boolean isCompleted(DueRun due) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT 1
                FROM BATCH_JOB_INSTANCE i
                JOIN BATCH_JOB_EXECUTION e ON e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID
                JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
               WHERE i.JOB_NAME = 'daily-statistics' AND e.STATUS = 'COMPLETED'
                 AND p.PARAMETER_NAME = 'date' AND p.PARAMETER_VALUE = :date)
            """)
        .param("date", due.date().toString())
        .query(Boolean.class)
        .single();
  }
}
