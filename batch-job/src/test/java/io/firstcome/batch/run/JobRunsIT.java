package io.firstcome.batch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firstcome.batch.TestCampaigns;
import io.firstcome.core.lock.DatabaseLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.context.ConfigurableApplicationContext;

class JobRunsIT {
  private static final String JOB = "daily-statistics";
  private static final LocalDate DAY = LocalDate.of(2025, 12, 28);
  private static final JobRequest REQUEST = new JobRequest(JOB, DAY, null);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestCampaigns campaigns;
  private ConfigurableApplicationContext application;
  private ConfigurableApplicationContext another;
  private JobRuns runs;

  @BeforeEach
  void start() {
    campaigns = new TestCampaigns();
    long summer = campaigns.campaign("summer", 5, "UTC");
    campaigns.decide(summer, "2025-12-28T01:00:00Z", "ann");
    campaigns.decide(campaigns.campaign("winter", 5, "UTC"), "2025-12-28T01:00:00Z", "ann");
    application = campaigns.start("--firstcome.batch.threads=1");
    another = campaigns.start("--firstcome.batch.threads=1");
    runs = application.getBean(JobRuns.class);
  }

  @AfterEach
  void stop() {
    application.close();
    another.close();
  }

  /** As long as it is open, a run hangs in its first campaign. */
  private Connection holdFirstCampaign() throws SQLException {
    campaigns.jdbc.sql("INSERT IGNORE INTO stats_aggregation VALUES (1, NOW())").update();
    var connection = campaigns.dataSource.getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT * FROM stats_aggregation WHERE campaign_id = 1 FOR UPDATE");
    }
    return connection;
  }

  private void awaitHanging() {
    campaigns.awaitStatement("INSERT INTO stats_aggregation");
  }

  @Test
  void twoAtTheSameTimeDoTheWorkOnce() throws SQLException {
    try (var hold = holdFirstCampaign()) {
      var first = TestCampaigns.async(() -> runs.run(REQUEST, PATIENCE));
      awaitHanging();
      var second = TestCampaigns.async(() -> another.getBean(JobRuns.class).run(REQUEST, PATIENCE));
      campaigns.awaitStatement("SELECT GET_LOCK");
      hold.rollback();

      assertThat(first.join().byAnother()).isFalse();
      assertThat(second.join().byAnother()).isTrue();
      assertThat(second.join().executionId()).isEqualTo(first.join().executionId());
      assertThat(second.join().message()).isEqualTo(first.join().message());
    }
    assertThat(campaigns.executions()).hasSize(1);
  }

  @Test
  void waitingForAnotherDayIsFollowedByTheOwnWork() throws SQLException {
    var otherDay = new JobRequest(JOB, DAY.minusDays(1), null);
    try (var hold = holdFirstCampaign()) {
      var first = TestCampaigns.async(() -> runs.run(otherDay, PATIENCE));
      awaitHanging();
      var second = TestCampaigns.async(() -> another.getBean(JobRuns.class).run(REQUEST, PATIENCE));
      hold.rollback();
      assertThat(second.join().executionId()).isNotEqualTo(first.join().executionId());
      assertThat(second.join().byAnother()).isFalse();
    }
  }

  @Test
  void inTheBackgroundWithItsIdAtOnceAndTheLockFreeAfterwards() throws SQLException {
    long id;
    try (var hold = holdFirstCampaign()) {
      id = runs.start(REQUEST);
      assertThat(campaigns.executions().getLast().get("JOB_EXECUTION_ID")).isEqualTo(id);
      awaitHanging();

      var refused =
          catchThrowableOfType(
              JobRunningException.class, () -> another.getBean(JobRuns.class).start(REQUEST));
      assertThat(refused.executionId()).hasValue(id);
      assertThatThrownBy(() -> another.getBean(JobRuns.class).run(REQUEST, Duration.ZERO))
          .isInstanceOf(JobRunningException.class)
          .hasMessage("daily-statistics is at work as execution " + id);
      another.getBean(JobRuns.class).recover();
      assertThat(campaigns.executions().getLast().get("STATUS")).isEqualTo("STARTED");
      hold.rollback();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> lockIsFree() && campaigns.executions().size() == 1);
    assertThat(campaigns.executions().getLast().get("STATUS")).isEqualTo("COMPLETED");
    assertThat(another.getBean(JobRuns.class).start(REQUEST)).isGreaterThan(id);
  }

  @Test
  void aLabelIsKeptWithTheRunAndMakesNoOtherInstance() {
    runs.run(new JobRequest(JOB, DAY, null, "first"), PATIENCE);
    assertThat(
            campaigns
                .jdbc
                .sql(
                    "SELECT CONCAT(PARAMETER_VALUE, ' ', IDENTIFYING) FROM"
                        + " BATCH_JOB_EXECUTION_PARAMS WHERE PARAMETER_NAME = 'label'")
                .query(String.class)
                .list())
        .containsExactly("first N");
    campaigns.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'FAILED'").update();

    var again = runs.run(new JobRequest(JOB, DAY, null, "second"), PATIENCE);

    assertThat(again.isCompleted()).isTrue();
    assertThat(campaigns.executions()).hasSize(2);
    assertThat(campaigns.executions().stream().map(run -> run.get("JOB_INSTANCE_ID")).distinct())
        .hasSize(1);
  }

  private boolean lockIsFree() throws SQLException {
    try (var connection = campaigns.dataSource.getConnection()) {
      return DatabaseLock.isFree(connection, "batch." + JOB);
    }
  }

  @Test
  void closingStopsAfterTheCampaignAndTheNextStartDoesTheRest() throws Exception {
    try (var hold = holdFirstCampaign()) {
      long id = runs.start(REQUEST);
      awaitHanging();
      var closing = CompletableFuture.runAsync(application::close);
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> Thread.getAllStackTraces().values().stream().anyMatch(this::isStopping));
      hold.rollback();
      closing.join();
      assertThat(campaigns.executions().getLast())
          .containsEntry("JOB_EXECUTION_ID", id)
          .containsEntry("STATUS", "STOPPED");
      assertThat(campaigns.executions().getLast().get("EXIT_MESSAGE"))
          .asString()
          .startsWith("stopped early; until then 1 campaigns looked at");
    }
    assertThat(campaigns.statistics()).hasSize(1);
    assertThat(another.getBean(JobRuns.class).run(REQUEST, PATIENCE).isCompleted()).isTrue();
    assertThat(campaigns.statistics()).hasSize(2);
    assertThat(campaigns.count("BATCH_JOB_INSTANCE")).isEqualTo(1);
  }

  private boolean isStopping(StackTraceElement[] stack) {
    for (var frame : stack) {
      if (frame.getClassName().equals(JobRuns.class.getName())
          && frame.getMethodName().equals("destroy")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void leftBehindByAProcessThatIsGone() {
    runs.run(REQUEST, PATIENCE);
    var before = campaigns.statistics();
    campaigns.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED'").update();
    campaigns
        .jdbc
        .sql("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'UNKNOWN' WHERE STEP_NAME = 'statistics'")
        .update();
    campaigns
        .jdbc
        .sql("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_NAME <> 'statistics'")
        .update();
    // Cut off between the instance and its execution.
    campaigns
        .jdbc
        .sql("INSERT INTO BATCH_JOB_INSTANCE VALUES (99, 0, ?, 'half-made')")
        .param(JOB)
        .update();

    assertThat(runs.run(REQUEST, PATIENCE).isCompleted()).isTrue();

    assertThat(campaigns.executions()).hasSize(2);
    assertThat(campaigns.executions().getFirst())
        .containsEntry("STATUS", "FAILED")
        .containsEntry("EXIT_MESSAGE", RunRows.GONE);
    assertThat(campaigns.count("BATCH_JOB_INSTANCE")).isEqualTo(1);
    assertThat(campaigns.statistics()).isEqualTo(before);
  }

  @Test
  void restartLooksAtCampaignsThatAreNew() {
    assertThat(runs.run(REQUEST, PATIENCE).status()).isEqualTo(BatchStatus.COMPLETED);
    campaigns.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'FAILED'").update();
    campaigns.decide(campaigns.campaign("spring", 5, "UTC"), "2025-12-28T01:00:00Z", "ann");
    try (var wider = campaigns.start("--firstcome.batch.threads=3")) {
      assertThat(wider.getBean(JobRuns.class).run(REQUEST, PATIENCE).isCompleted()).isTrue();
    }
    assertThat(campaigns.statistics()).hasSize(3);
    assertThat(campaigns.count("BATCH_JOB_INSTANCE")).isEqualTo(1);
  }

  @Test
  void refusals() {
    assertRefused(new JobRequest("weekly", null, null), "there is no job weekly; there are");
    assertRefused(new JobRequest(JOB, LocalDate.of(9999, 1, 1), null), "is not from 1970");
    assertRefused(new JobRequest(JOB, LocalDate.of(1969, 12, 31), null), "is not from 1970");
    assertRefused(new JobRequest(JOB, null, "spring"), "there is no campaign with the name");
    assertRefused(new JobRequest("metadata-retention", DAY, null), "takes no date");
    assertRefused(new JobRequest("metadata-retention", null, "summer"), "takes no campaign");
    assertThat(campaigns.executions()).isEmpty();
  }

  private void assertRefused(JobRequest request, String message) {
    assertThatThrownBy(() -> runs.run(request, PATIENCE))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> runs.start(request)).isInstanceOf(JobRefusedException.class);
  }

  @Test
  void dateIsYesterdayByDefault() {
    var result = runs.run(new JobRequest(JOB, null, null), PATIENCE);
    var yesterday =
        campaigns
            .jdbc
            .sql("SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) - INTERVAL 1 DAY")
            .query(String.class)
            .single();
    assertThat(result.date()).isEqualTo(yesterday);
  }

  @Test
  void dateMayBeTodayOfAnyCampaign() {
    var campaign = campaigns.campaign("spring", 5, "Pacific/Kiritimati");
    campaigns.decide(campaign, Instant.now().toString(), "ann");
    // It is yesterday there all the time.
    try (var behind = campaigns.start("--firstcome.time-zone=Etc/GMT+12")) {
      var today = LocalDate.now(ZoneId.of("Pacific/Kiritimati"));
      var result =
          behind.getBean(JobRuns.class).run(new JobRequest(JOB, today, "spring"), PATIENCE);
      assertThat(result.isCompleted()).isTrue();
    }
    assertThat(campaigns.statistics()).hasSize(1);
    var tooFar = LocalDate.now(ZoneId.of("Pacific/Kiritimati")).plusDays(2);
    assertRefused(new JobRequest(JOB, tooFar, null), "the last day that has begun anywhere");
  }
}
