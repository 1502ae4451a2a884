package io.firstcome.api.statistics;

import io.firstcome.api.statistics.CountedPeriod.CountedCampaign;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the aggregate: a row a campaign and day, however many requests they had. */
@Component
final class AggregatedCounts {
  // One statement sees one moment, so campaigns, days and what is pending agree with each other.
  private static final String SELECT =
      """
      SELECT c.id, c.name, c.display_name, c.time_zone, NULL AS stat_date,
             s.success, s.already_issued, s.out_of_stock
        FROM (SELECT campaign_id, SUM(success_count) AS success,
                     SUM(already_issued_count) AS already_issued,
                     SUM(out_of_stock_count) AS out_of_stock
                FROM campaign_stats WHERE stat_date BETWEEN :from AND :to
               GROUP BY campaign_id) s
        JOIN campaign c ON c.id = s.campaign_id
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, stat_date,
             SUM(success_count), SUM(already_issued_count), SUM(out_of_stock_count)
        FROM campaign_stats WHERE stat_date BETWEEN :from AND :to
       GROUP BY stat_date
      UNION ALL
      SELECT COUNT(DISTINCT campaign_id), NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM stats_pending WHERE stat_date BETWEEN :from AND :to
      """;

  private final JdbcClient jdbc;

  AggregatedCounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  CountedPeriod read(Period period) {
    var counted = new CountedPeriod();
    jdbc.sql(SELECT)
        .param("from", period.from())
        .param("to", period.to())
        .query((RowCallbackHandler) row -> add(row, counted));
    return counted;
  }

  private static void add(ResultSet row, CountedPeriod counted) throws SQLException {
    var name = row.getString("name");
    var day = row.getObject("stat_date", LocalDate.class);
    if (name != null) {
      var campaign =
          new CountedCampaign(
              row.getLong("id"), name, row.getString("display_name"), row.getString("time_zone"));
      counted.add(campaign, counts(row));
    } else if (day != null) {
      counted.add(day, counts(row));
    } else {
      counted.setPendingCampaigns(row.getLong("id"));
    }
  }

  private static Counts counts(ResultSet row) throws SQLException {
    return new Counts(
        row.getLong("success"), row.getLong("already_issued"), row.getLong("out_of_stock"));
  }
}
