package io.firstcome.bench;

import io.firstcome.batch.BatchApplication;
import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.bench.Results.Metric;
import io.firstcome.bench.Stage.Campaign;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.function.Consumer;

/**
 * Experiment 3: the statistics of a day, computed from every decision and read from the aggregate,
 * through the api; and how long the aggregation takes beside the bare query.
 */
final class RawAgainstAggregated {
  static final String RAW = "from every decision";
  static final String AGGREGATED = "from the aggregate";
  static final String JOB = "the job";
  static final String QUERY = "bare GROUP BY";

  private static final int READS = 5;
  private static final Duration JOB_PATIENCE = Duration.ofMinutes(10);

  private final Stage stage;
  private final Scale scale;
  private final Results results;
  private final Consumer<String> progress;

  RawAgainstAggregated(Stage stage, Scale scale, Results results, Consumer<String> progress) {
    this.stage = stage;
    this.scale = scale;
    this.results = results;
    this.progress = progress;
  }

  static Metric read(int rows) {
    return new Metric("A day of %,d requests, read".formatted(rows), "ms, fastest of 5");
  }

  static Metric aggregation(int rows) {
    return new Metric("A day of %,d requests, aggregated".formatted(rows), "ms");
  }

  void run() throws Exception {
    var environment = new HashMap<>(stage.environment());
    environment.put("BENCH_SETTINGS", Doors.apiSettings(stage));
    try (var api = Subject.start("firstcome", environment);
        var batch = BatchApplication.builder().registerShutdownHook(false).run(settings())) {
      var jobs = batch.getBean(JobRuns.class);
      var client =
          new ApiClient("http://localhost:" + api.port(), ApiSettings.ADMIN, ApiSettings.PASSWORD);
      var date = LocalDate.of(2025, 1, 1);
      for (int rows : scale.historyRows()) {
        for (int round = 1; round <= scale.rounds(); round++) {
          progress.accept(
              "experiment 3: %,d requests, round %d of %d".formatted(rows, round, scale.rounds()));
          date = date.plusDays(1);
          var campaign = stage.campaign(1, rows);
          insert(campaign, date, rows);
          aggregate(jobs, campaign, date, rows);
          readBoth(client, date, rows);
        }
      }
    }
  }

  private String[] settings() {
    var database = stage.database();
    return new String[] {
      "--spring.main.log-startup-info=false",
      "--spring.datasource.url=" + database.jdbcUrl(),
      "--spring.datasource.username=" + database.user(),
      "--spring.datasource.password=" + database.password(),
      "--spring.kafka.bootstrap-servers=" + stage.servers().bootstrapServers(),
      "--firstcome.time-zone=Asia/Seoul"
    };
  }

  private void insert(Campaign campaign, LocalDate date, int rows) throws SQLException {
    try (var connection = stage.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id, dedup_key,
            outcome, success_rank, is_repeat, logged_at, decided_at)
          WITH RECURSIVE digit (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM digit WHERE n < 999)
          SELECT %1$d, %2$d, 0, a.n * 1000 + b.n, CONCAT('u', a.n * 1000 + b.n),
            CONCAT('u', a.n * 1000 + b.n), 'SUCCESS', a.n * 1000 + b.n + 1, FALSE,
            '%3$s 03:00:00' + INTERVAL (a.n * 1000 + b.n) MICROSECOND, '%3$s 04:00:00'
          FROM digit a CROSS JOIN digit b WHERE a.n * 1000 + b.n < %4$d\
          """
              .formatted(campaign.id(), campaign.topicId(), date, rows));
      statement.execute("UPDATE campaign SET remaining = 0 WHERE id = %d".formatted(campaign.id()));
      statement.execute(
          "INSERT INTO stats_pending (campaign_id, stat_date, changes, since)"
              + " VALUES (%d, '%s', 1, UTC_TIMESTAMP(6))".formatted(campaign.id(), date));
      statement.execute("ANALYZE TABLE participation");
    }
  }

  private void aggregate(JobRuns jobs, Campaign campaign, LocalDate date, int rows)
      throws SQLException {
    // Once unmeasured, so that neither finds the index cold.
    count(campaign, rows);
    long begin = System.nanoTime();
    count(campaign, rows);
    long between = System.nanoTime();
    var run = jobs.run(new JobRequest("daily-statistics", date, campaign.name()), JOB_PATIENCE);
    long end = System.nanoTime();
    progress.accept("experiment 3: " + run);
    results.add(aggregation(rows), QUERY, (between - begin) / 1e6);
    results.add(aggregation(rows), JOB, (end - between) / 1e6);
  }

  private void count(Campaign campaign, int rows) throws SQLException {
    try (var connection = stage.connect();
        var statement = connection.createStatement();
        var counted =
            statement.executeQuery(
                "SELECT outcome, COUNT(*) FROM participation FORCE INDEX (participation_day)"
                    + " WHERE campaign_id = %d AND is_repeat = FALSE GROUP BY outcome"
                        .formatted(campaign.id()))) {
      counted.next();
      if (counted.getInt(2) != rows) {
        throw new InvalidRunException("%d rows instead of %d".formatted(counted.getInt(2), rows));
      }
    }
  }

  private void readBoth(ApiClient client, LocalDate date, int rows) {
    results.add(read(rows), RAW, read(client, "raw", date, rows));
    results.add(read(rows), AGGREGATED, read(client, "daily", date, rows));
  }

  /** The fastest of a few reads, in milliseconds: the buffer pool is warm for both. */
  private static double read(ApiClient client, String method, LocalDate date, int rows) {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < READS; i++) {
      long begin = System.nanoTime();
      var answer = client.get("/api/admin/stats/" + method + "?date=" + date);
      fastest = Math.min(fastest, (System.nanoTime() - begin) / 1e6);
      if (answer.status() != 200 || !answer.body().matches("(?s).*:" + rows + "[,}\\]].*")) {
        throw new InvalidRunException(
            method + " does not count " + rows + " requests: " + answer.body());
      }
    }
    return fastest;
  }
}
