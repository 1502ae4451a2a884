package io.firstcome.api.statistics;

import io.firstcome.core.rule.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Decisions as tests want them, and the aggregate made of them. */
final class History {
  private final JdbcClient database;
  private final List<String> rows = new ArrayList<>();

  History(JdbcClient database) {
    this.database = database;
  }

  /** Adds requests of which the log took the first at an instant, and each next 1 µs later. */
  History add(long campaign, Outcome outcome, String firstLoggedAt, int count) {
    return add(campaign, outcome, Instant.parse(firstLoggedAt), count, false);
  }

  History addRepeat(long campaign, Outcome outcome, String loggedAt) {
    return add(campaign, outcome, Instant.parse(loggedAt), 1, true);
  }

  private History add(
      long campaign, Outcome outcome, Instant firstLoggedAt, int count, boolean repeat) {
    for (int i = 0; i < count; i++) {
      var time = LocalDateTime.ofInstant(firstLoggedAt.plusNanos(1000L * i), ZoneOffset.UTC);
      rows.add("(%d, 'u', '%s', %s, '%s', '%4$s')".formatted(campaign, outcome, repeat, time));
    }
    return this;
  }

  /** Writes them in one statement. */
  void insert() {
    database
        .sql(
            "INSERT INTO participation (campaign_id, user_id, outcome, is_repeat, logged_at,"
                + " decided_at) VALUES "
                + String.join(",", rows))
        .update();
  }

  /** As the daily job does it: a row for a day with counted requests, none for one without. */
  static void aggregate(
      JdbcClient database, long campaign, LocalDate date, Instant start, Instant end) {
    database
        .sql(
            """
            INSERT INTO campaign_stats (stat_date, campaign_id, success_count,
                                        already_issued_count, out_of_stock_count)
            SELECT :date, campaign_id, SUM(outcome = 'SUCCESS'), SUM(outcome = 'ALREADY_ISSUED'),
                   SUM(outcome = 'OUT_OF_STOCK')
              FROM participation
             WHERE campaign_id = :campaign AND logged_at >= :start AND logged_at < :end
               AND is_repeat = FALSE
             GROUP BY campaign_id
            ON DUPLICATE KEY UPDATE success_count = VALUES(success_count),
              already_issued_count = VALUES(already_issued_count),
              out_of_stock_count = VALUES(out_of_stock_count)
            """)
        .param("date", date)
        .param("campaign", campaign)
        .param("start", LocalDateTime.ofInstant(start, ZoneOffset.UTC))
        .param("end", LocalDateTime.ofInstant(end, ZoneOffset.UTC))
        .update();
  }
}
