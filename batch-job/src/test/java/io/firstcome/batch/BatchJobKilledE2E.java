package io.firstcome.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills the process of the job with SIGKILL while it hangs in a statement whose row the test has
 * locked, and starts it again.
 */
class BatchJobKilledE2E {
  private static List<String> undisturbed;

  private final TestCampaigns campaigns = new TestCampaigns();

  @BeforeAll
  static void runUndisturbed() throws Exception {
    var reference = new TestCampaigns();
    fill(reference);
    try (var job = JobProcess.start("undisturbed", args(reference))) {
      assertThat(job.exitCode()).isZero();
    }
    undisturbed = reference.statistics();
    assertThat(undisturbed).hasSize(8);
  }

  @BeforeEach
  void fill() {
    fill(campaigns);
  }

  private static void fill(TestCampaigns campaigns) {
    for (int n = 1; n <= 4; n++) {
      long campaign = campaigns.campaign("campaign-" + n, n, "Asia/Seoul");
      campaigns.decide(campaign, "2025-12-27T10:00:00Z", "ann");
      campaigns.decide(campaign, "2025-12-28T10:00:00Z", "bob", "eve", "joe", "ann");
      // For locking: a figure that is out of date, and the row of an earlier aggregation.
      campaigns
          .jdbc
          .sql("INSERT INTO campaign_stats VALUES ('2025-12-28', ?, 9, 9, 9)")
          .param(campaign)
          .update();
      campaigns
          .jdbc
          .sql("INSERT INTO stats_aggregation VALUES (?, '2025-12-01')")
          .param(campaign)
          .update();
    }
  }

  private static List<String> args(TestCampaigns campaigns) {
    var args = new ArrayList<>(campaigns.settings());
    args.add("--firstcome.batch.threads=1");
    args.add("--job=daily-statistics");
    args.add("--date=2025-12-28");
    return args;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          before-its-execution | BATCH_JOB_EXECUTION_SEQ | UPDATE BATCH_JOB_EXECUTION_SEQ
          before-its-steps | BATCH_STEP_EXECUTION_SEQ | UPDATE BATCH_STEP_EXECUTION_SEQ
          at-the-first | stats_aggregation WHERE campaign_id = 1 | INSERT INTO stats_aggregation
          in-between | stats_aggregation WHERE campaign_id = 3 | INSERT INTO stats_aggregation
          in-the-upsert | campaign_stats WHERE campaign_id = 2 | INSERT INTO campaign_stats
          after-the-upsert | stats_pending WHERE campaign_id = 3 | DELETE FROM stats_pending
          in-the-last | stats_pending WHERE campaign_id = 4 | DELETE FROM stats_pending
          """)
  void killed(String point, String locked, String hangsIn) throws Exception {
    try (var connection = campaigns.dataSource.getConnection();
        var statement = connection.createStatement();
        var job = startLocked(statement, point, locked)) {
      campaigns.awaitStatement(hangsIn);
      job.kill();
      connection.rollback();
    }
    startAgain(point);
  }

  private JobProcess startLocked(Statement statement, String point, String locked)
      throws Exception {
    statement.getConnection().setAutoCommit(false);
    statement.execute("SELECT * FROM " + locked + " FOR UPDATE");
    return JobProcess.start(point, args(campaigns));
  }

  @Test
  void killedAtTheEndOfTheJob() throws Exception {
    try (var connection = campaigns.dataSource.getConnection();
        var statement = connection.createStatement();
        var end = campaigns.dataSource.getConnection();
        var job = startLocked(statement, "at-the-end", "stats_aggregation WHERE campaign_id = 4")) {
      campaigns.awaitStatement("INSERT INTO stats_aggregation");
      lockTheRun(end);
      connection.rollback();
      campaigns.awaitStatement("UPDATE BATCH_JOB_EXECUTION");
      assertThat(campaigns.pending()).as("everything is counted").isEmpty();
      job.kill();
      end.rollback();
    }
    startAgain("at-the-end");
  }

  private static void lockTheRun(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT * FROM BATCH_JOB_EXECUTION FOR UPDATE");
    }
  }

  @Test
  void terminatedStopsAfterTheCampaign() throws Exception {
    try (var connection = campaigns.dataSource.getConnection();
        var statement = connection.createStatement();
        var job = startLocked(statement, "terminated", "stats_aggregation WHERE campaign_id = 2")) {
      campaigns.awaitStatement("INSERT INTO stats_aggregation");
      job.terminate();
      job.awaitLine("Stopping");
      connection.rollback();
      assertThat(job.exitCode()).isNotZero();
      assertThat(campaigns.executions().getLast().get("STATUS")).isEqualTo("STOPPED");
    }
    startAgain("terminated");
  }

  private void startAgain(String point) throws Exception {
    int before = campaigns.executions().size();
    try (var job = JobProcess.startJar(point + "-again", args(campaigns))) {
      assertThat(job.exitCode()).as(() -> "see target/e2e/" + point + "-again.log").isZero();
      assertThat(job.lines().get(job.lines().size() - 2))
          .startsWith("daily-statistics for 2025-12-28: COMPLETED in ");
    }
    assertThat(campaigns.statistics()).isEqualTo(undisturbed);
    assertThat(campaigns.pending()).isEmpty();
    var executions = campaigns.executions();
    assertThat(executions).hasSize(before + 1);
    assertThat(executions.getLast().get("STATUS")).isEqualTo("COMPLETED");
    assertThat(executions.subList(0, before))
        .allSatisfy(dead -> {
          assertThat(dead.get("STATUS")).isIn("FAILED", "STOPPED");
          assertThat(dead.get("EXIT_MESSAGE").toString())
              .matches("the process that ran it is gone|stopped early; .*");
          assertThat(dead.get("END_TIME")).isNotNull();
        });
    assertThat(campaigns.count("BATCH_STEP_EXECUTION WHERE STATUS LIKE 'START%'")).isZero();
    assertThat(campaigns.count("BATCH_JOB_INSTANCE")).isEqualTo(1);
  }
}
