package io.firstcome.batch.dailystatistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.batch.TestCampaigns;
import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.batch.run.RunResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.context.ConfigurableApplicationContext;

class DailyStatisticsIT {
  private static final LocalDate DAY = LocalDate.of(2025, 12, 28);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestCampaigns campaigns;
  private ConfigurableApplicationContext application;
  private JobRuns runs;

  @BeforeEach
  void start() {
    campaigns = new TestCampaigns();
    application = campaigns.start("--firstcome.batch.threads=3");
    runs = application.getBean(JobRuns.class);
  }

  @AfterEach
  void stop() {
    application.close();
  }

  private RunResult run() {
    return runs.run(new JobRequest(DailyStatisticsJob.NAME, DAY, null), PATIENCE);
  }

  private RunResult completed() {
    var result = run();
    assertThat(result.status()).as(result.message()).isEqualTo(BatchStatus.COMPLETED);
    return result;
  }

  @Test
  void countsEachCampaignFromMidnightToMidnightInItsTimeZone() {
    long seoul = campaigns.campaign("seoul", 2, "Asia/Seoul");
    long utc = campaigns.campaign("utc", 1, "UTC");
    campaigns.campaign("nobody-came", 1, "UTC");
    campaigns.decide(seoul, "2025-12-27T14:59:59.999999Z", "before");
    campaigns.decide(seoul, "2025-12-27T15:00:00Z", "first");
    campaigns.decide(seoul, "2025-12-28T14:59:59.999999Z", "last", "first");
    campaigns.decide(seoul, "2025-12-28T15:00:00Z", "after");
    campaigns.decide(utc, "2025-12-27T23:59:59.999999Z", "before");
    campaigns.decide(utc, "2025-12-28T00:00:00Z", "first", "second");

    var result = completed();

    assertThat(campaigns.statistics())
        .containsExactly(
            "2025-12-27 1 success 1 issued 0 out 0",
            "2025-12-27 2 success 1 issued 0 out 0",
            "2025-12-28 1 success 1 issued 1 out 1",
            "2025-12-28 2 success 0 issued 0 out 2",
            "2025-12-29 1 success 0 issued 0 out 1");
    assertThat(campaigns.pending()).isEmpty();
    assertThat(result.message())
        .isEqualTo(
            "3 campaigns looked at, 1 of them without anything to count;"
                + " 5 days with 8 requests");
  }

  @Test
  void repeatsCountNowhere() throws SQLException {
    long campaign = campaigns.campaign("summer", 5, "UTC");
    try (var connection = campaigns.dataSource.getConnection()) {
      TestCampaigns.begin(connection);
      TestCampaigns.decide(connection, campaign, "2025-12-28T10:00:00Z", "key", "ann", "bob");
      TestCampaigns.decide(connection, campaign, "2025-12-28T10:00:01Z", "key", "ann");
      // The same user without that key is another request, which does not get a second one.
      TestCampaigns.decide(connection, campaign, "2025-12-28T10:00:02Z", null, "ann");
      connection.commit();
    }
    completed();
    assertThat(campaigns.statistics()).containsExactly("2025-12-28 1 success 2 issued 1 out 0");
    assertThat(campaigns.count("participation")).isEqualTo(4);
  }

  @Test
  void secondRunGivesTheSameRows() {
    for (int n = 1; n <= 7; n++) {
      campaigns.decide(
          campaigns.campaign("campaign-" + n, n, "Asia/Seoul"),
          "2025-12-28T0" + n + ":00:00Z",
          "a",
          "b",
          "c",
          "d",
          "a");
    }
    completed();
    var first = campaigns.statistics();
    completed();
    assertThat(first).hasSize(7).isEqualTo(campaigns.statistics());
    assertThat(
            campaigns
                .jdbc
                .sql(
                    "SELECT PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS"
                        + " WHERE PARAMETER_NAME = 'run' ORDER BY 1")
                .query(String.class)
                .list())
        .containsExactly("1", "2");
  }

  @Test
  void rowOfADayWithoutRequestsGoes() {
    long campaign = campaigns.campaign("summer", 5, "UTC");
    campaigns
        .jdbc
        .sql("INSERT INTO campaign_stats VALUES ('2025-12-28', ?, 0, 3, 0)")
        .param(campaign)
        .update();
    completed();
    assertThat(campaigns.statistics()).isEmpty();
  }

  @Test
  void lateRequestMakesItsDayPendingUntilTheNextRun() {
    long campaign = campaigns.campaign("summer", 5, "Asia/Seoul");
    campaigns.decide(campaign, "2025-12-20T01:00:00Z", "ann");
    completed();
    assertThat(campaigns.pending()).isEmpty();

    campaigns.decide(campaign, "2025-12-20T02:00:00Z", "late");
    assertThat(campaigns.pending()).containsExactly("2025-12-20 1");
    completed();

    assertThat(campaigns.pending()).isEmpty();
    assertThat(campaigns.statistics()).containsExactly("2025-12-20 1 success 2 issued 0 out 0");
  }

  @Test
  void dayThatIsNotOverStaysPendingUnlessItIsAskedFor() {
    long campaign = campaigns.campaign("summer", 5, "Asia/Seoul");
    var now =
        campaigns
            .jdbc
            .sql("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')")
            .query(String.class)
            .single();
    campaigns.decide(campaign, now, "ann");
    var today = campaigns.pending();

    completed();
    assertThat(campaigns.pending()).hasSize(1).isEqualTo(today);
    assertThat(campaigns.statistics()).isEmpty();

    var date = LocalDate.parse(today.getFirst().substring(0, 10));
    var result = runs.run(new JobRequest(DailyStatisticsJob.NAME, date, null), PATIENCE);
    assertThat(result.isCompleted()).isTrue();
    assertThat(campaigns.pending()).isEmpty();
    assertThat(campaigns.statistics()).containsExactly(date + " 1 success 1 issued 0 out 0");
  }

  @Test
  void decisionDuringTheAggregationKeepsTheDayPending() throws SQLException {
    long campaign = campaigns.campaign("summer", 5, "UTC");
    campaigns.decide(campaign, "2025-12-28T01:00:00Z", "ann");
    try (var connection = campaigns.dataSource.getConnection()) {
      TestCampaigns.begin(connection);
      TestCampaigns.decide(connection, campaign, "2025-12-28T02:00:00Z", null, "bob");
      // The run counts without bob, and then waits for his transaction to take the day off.
      var run = TestCampaigns.async(this::run);
      campaigns.awaitStatement("DELETE FROM stats_pending");
      connection.commit();
      assertThat(run.join().isCompleted()).as("the counters agree with the rows").isTrue();
    }
    assertThat(campaigns.statistics()).containsExactly("2025-12-28 1 success 1 issued 0 out 0");
    assertThat(campaigns.pending()).containsExactly("2025-12-28 1");

    completed();
    assertThat(campaigns.statistics()).containsExactly("2025-12-28 1 success 2 issued 0 out 0");
    assertThat(campaigns.pending()).isEmpty();
  }

  @Test
  void campaignThatFailsDoesNotUndoTheOthers() {
    for (int n = 1; n <= 9; n++) {
      long campaign = campaigns.campaign("campaign-" + n, 5, "UTC");
      campaigns.decide(campaign, "2025-12-28T01:00:00Z", "ann", "bob");
    }
    failFor(2);
    failFor(7);

    var result = run();

    assertThat(result.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(result.message())
        .startsWith("2 campaigns failed: ")
        .contains("campaign-2 (planted)", "campaign-7 (planted)")
        .doesNotContain("Exception", "INSERT");
    assertThat(campaigns.executions().getLast().get("EXIT_MESSAGE")).isEqualTo(result.message());
    assertThat(campaigns.statistics()).hasSize(7).noneMatch(row -> row.matches("\\S+ [27] .*"));
    assertThat(campaigns.pending()).containsExactly("2025-12-28 2", "2025-12-28 7");
    assertThat(step("statistics")).isEqualTo("FAILED read 9 written 7 skipped 2");

    campaigns.jdbc.sql("DROP TRIGGER fail_2").update();
    campaigns.jdbc.sql("DROP TRIGGER fail_7").update();
    completed();
    assertThat(campaigns.statistics()).hasSize(9);
    assertThat(campaigns.count("BATCH_JOB_INSTANCE")).as("restarted").isEqualTo(1);
  }

  private void failFor(long campaign) {
    campaigns
        .jdbc
        .sql(
            "CREATE TRIGGER fail_%1$d BEFORE INSERT ON campaign_stats FOR EACH ROW IF"
                    .formatted(campaign)
                + " NEW.campaign_id = %d THEN SIGNAL SQLSTATE '45000'".formatted(campaign)
                + " SET MESSAGE_TEXT = 'planted'; END IF")
        .update();
  }

  private String step(String name) {
    return campaigns
        .jdbc
        .sql(
            "SELECT CONCAT(STATUS, ' read ', READ_COUNT, ' written ', WRITE_COUNT, ' skipped ',"
                + " PROCESS_SKIP_COUNT) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = ?"
                + " ORDER BY STEP_EXECUTION_ID DESC LIMIT 1")
        .param(name)
        .query(String.class)
        .single();
  }

  @Test
  void countersThatDifferAreAFailure() {
    long summer = campaigns.campaign("summer", 5, "UTC");
    long winter = campaigns.campaign("winter", 5, "UTC");
    campaigns.decide(summer, "2025-12-28T01:00:00Z", "ann", "bob", "ann");
    campaigns.decide(winter, "2025-12-28T01:00:00Z", "ann");
    campaigns.jdbc.sql("UPDATE campaign SET failed = 4 WHERE id = ?").param(summer).update();

    var differs =
        "1 campaigns failed: summer (the counters differ: 2 successes and 1 fails in the"
            + " statistics, 2 and 4 in the campaign)";
    assertThat(run().message()).startsWith(differs);
    assertThat(run().message()).as("also when nothing is to be counted").startsWith(differs);
    assertThat(campaigns.statistics()).as("counted all the same").hasSize(2);

    campaigns.jdbc.sql("UPDATE campaign SET failed = 1 WHERE id = ?").param(summer).update();
    completed();
  }

  @Test
  void countersAreComparedWhileTheDayIsOutOfDate() {
    long campaign = campaigns.campaign("summer", 5, "UTC");
    campaigns.decide(campaign, "2099-01-01T00:00:00Z", "ahead");
    campaigns.decide(campaign, "2025-12-28T01:00:00Z", "ann");
    completed();
    assertThat(campaigns.pending()).containsExactly("2099-01-01 1");

    campaigns.jdbc.sql("UPDATE campaign SET remaining = 4").update();
    assertThat(run().message()).contains("2 successes and 0 fails in the statistics, 1 and 0");
  }

  @Test
  void campaignThatIsGoneMeanwhileIsNoFailure() throws Exception {
    long first = campaigns.campaign("first", 5, "UTC");
    long second = campaigns.campaign("second", 5, "UTC");
    campaigns.decide(first, "2025-12-28T01:00:00Z", "ann");
    campaigns.decide(second, "2025-12-28T01:00:00Z", "ann");
    application.close();
    application = campaigns.start("--firstcome.batch.threads=1");
    runs = application.getBean(JobRuns.class);
    completed();
    campaigns.decide(first, "2025-12-28T02:00:00Z", "bob");

    try (var connection = campaigns.dataSource.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT * FROM stats_aggregation WHERE campaign_id = 1 FOR UPDATE");
      var run = TestCampaigns.async(this::run);
      // Both have been read, and the first one is being waited for.
      campaigns.awaitStatement("INSERT INTO stats_aggregation");
      for (var table : List.of("participation", "stats_pending", "campaign_stats")) {
        campaigns.jdbc.sql("DELETE FROM " + table + " WHERE campaign_id = 2").update();
      }
      campaigns.jdbc.sql("DELETE FROM campaign WHERE id = 2").update();
      connection.rollback();
      assertThat(run.join().isCompleted()).isTrue();
    }
    assertThat(campaigns.statistics()).containsExactly("2025-12-28 1 success 2 issued 0 out 0");
  }

  @Test
  void oneCampaignOnly() {
    long summer = campaigns.campaign("summer", 5, "UTC");
    long winter = campaigns.campaign("winter", 5, "UTC");
    campaigns.decide(summer, "2025-12-28T01:00:00Z", "ann");
    campaigns.decide(winter, "2025-12-28T01:00:00Z", "ann");
    var result = runs.run(new JobRequest(DailyStatisticsJob.NAME, DAY, "winter"), PATIENCE);
    assertThat(result.isCompleted()).isTrue();
    assertThat(campaigns.statistics()).containsExactly("2025-12-28 2 success 1 issued 0 out 0");
    assertThat(campaigns.pending()).containsExactly("2025-12-28 1");
  }

  @Test
  void stepExecutionsAreAsManyAsWorkersNotCampaigns() {
    for (int n = 1; n <= 600; n++) {
      campaigns.campaign("campaign-" + n, 5, "UTC");
    }
    assertThat(completed().message())
        .startsWith("600 campaigns looked at, 600 of them without anything to count");
    assertThat(campaigns.count("BATCH_STEP_EXECUTION")).isEqualTo(1 + 3);
  }
}
