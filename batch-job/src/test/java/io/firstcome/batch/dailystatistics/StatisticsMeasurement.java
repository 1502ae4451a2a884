package io.firstcome.batch.dailystatistics;

import io.firstcome.batch.TestCampaigns;
import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.testing.TestServers;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * The job against the bare GROUP BY over the same million rows. A measurement and no test, so it
 * runs only when it is asked for by name; README.md beside the job says how.
 */
class StatisticsMeasurement {
  private static final int CAMPAIGNS = 20;
  private static final int ROWS = 1_000_000;
  private static final int ROWS_A_STATEMENT = 5_000;
  private static final int RUNS = 15;
  private static final LocalDate DAY = LocalDate.of(2025, 12, 28);

  private final TestCampaigns campaigns = new TestCampaigns();

  @Test
  void measure() throws SQLException {
    fill();
    var threads = Integer.getInteger("threads", 4);
    try (var application = campaigns.start("--firstcome.batch.threads=" + threads)) {
      var database = application.getBean(DataSource.class);
      var runs = application.getBean(JobRuns.class);
      var bareTimes = new long[RUNS];
      var jobTimes = new long[RUNS];
      // In turns, so that whatever else the machine does hits both.
      for (int run = 0; run < RUNS; run++) {
        bareTimes[run] = bare(database);
        jobTimes[run] = job(runs);
      }
      long bare = median(bareTimes);
      long job = median(jobTimes);
      System.out.printf(
          Locale.ROOT,
          "%s, %,d rows, %d campaigns, %d threads: GROUP BY %d ms, job %d ms, ratio %.2f%n",
          TestServers.get().describe(),
          ROWS,
          CAMPAIGNS,
          threads,
          bare,
          job,
          (double) job / bare);
    }
  }

  private void fill() throws SQLException {
    for (int n = 1; n <= CAMPAIGNS; n++) {
      campaigns.campaign("campaign-" + n, ROWS, "UTC");
    }
    try (var connection = campaigns.dataSource.getConnection();
        var statement = connection.createStatement()) {
      for (int from = 0; from < ROWS; from += ROWS_A_STATEMENT) {
        insert(statement, from);
      }
      statement.execute(
          "UPDATE campaign c SET remaining = total_stock - (SELECT COUNT(*) FROM participation p"
              + " WHERE p.campaign_id = c.id AND outcome = 'SUCCESS'), failed = (SELECT COUNT(*)"
              + " FROM participation p WHERE p.campaign_id = c.id AND outcome <> 'SUCCESS')");
      statement.execute("ANALYZE TABLE participation");
    }
  }

  private static void insert(Statement statement, int from) throws SQLException {
    var sql =
        new StringBuilder(
            "INSERT INTO participation (campaign_id, user_id, dedup_key, outcome, is_repeat,"
                + " logged_at, decided_at) VALUES ");
    for (int row = from; row < from + ROWS_A_STATEMENT; row++) {
      var outcome = row % 10 == 0 ? "SUCCESS" : row % 10 == 1 ? "ALREADY_ISSUED" : "OUT_OF_STOCK";
      var at = "'2025-12-28 00:00:00' + INTERVAL %d MICROSECOND".formatted(row * 80_000L);
      sql.append(row == from ? "" : ",")
          .append(
              "(%d, 'user-%d', 'user-%d', '%s', FALSE, %s, %s)"
                  .formatted(row % CAMPAIGNS + 1, row, row, outcome, at, at));
    }
    statement.execute(sql.toString());
  }

  private static long median(long[] milliseconds) {
    System.out.println(Arrays.toString(milliseconds) + " ms");
    Arrays.sort(milliseconds);
    return milliseconds[milliseconds.length / 2];
  }

  private static long bare(DataSource database) {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      long start = System.nanoTime();
      try (var rows =
          statement.executeQuery(
              "SELECT campaign_id, outcome, COUNT(*) FROM participation WHERE logged_at >="
                  + " '2025-12-28' AND logged_at < '2025-12-29' AND is_repeat = FALSE"
                  + " GROUP BY campaign_id, outcome")) {
        int groups = 0;
        while (rows.next()) {
          groups++;
        }
        if (groups < CAMPAIGNS) {
          throw new IllegalStateException("groups: " + groups);
        }
      }
      return Duration.ofNanos(System.nanoTime() - start).toMillis();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long job(JobRuns runs) {
    var result =
        runs.run(new JobRequest(DailyStatisticsJob.NAME, DAY, null), Duration.ofMinutes(1));
    if (!result.isCompleted()) {
      throw new IllegalStateException(result.message());
    }
    return result.duration().toMillis();
  }
}
