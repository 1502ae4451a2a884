package io.firstcome.batch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.batch.TestCampaigns;
import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRuns;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MetadataRetentionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestCampaigns campaigns = new TestCampaigns();

  /** Execution ids are 1 to 6 for the days 21 to 26. */
  private void runDays(JobRuns runs) {
    for (int day = 21; day <= 26; day++) {
      runs.run(new JobRequest("daily-statistics", LocalDate.of(2025, 12, day), null), PATIENCE);
    }
  }

  private void age(String where, int days) {
    campaigns
        .jdbc
        .sql(
            "UPDATE BATCH_JOB_EXECUTION SET CREATE_TIME = UTC_TIMESTAMP(6) - INTERVAL ? DAY WHERE "
                + where)
        .param(days)
        .update();
  }

  @Test
  void removesWhatIsOldButForTheLastRuns() {
    try (var application = campaigns.start("--firstcome.batch.threads=2")) {
      var runs = application.getBean(JobRuns.class);
      runDays(runs);
      age("JOB_EXECUTION_ID <> 2", 91);
      age("JOB_EXECUTION_ID = 2", 89);
      status(3, "STARTED");
      status(6, "FAILED");

      var result = runs.run(new JobRequest("metadata-retention", null, null), PATIENCE);

      // 2 is young, 3 at work, 5 the last that completed, 6 the last.
      assertThat(
              campaigns
                  .jdbc
                  .sql("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION ORDER BY 1")
                  .query(Long.class)
                  .list())
          .containsExactly(2L, 3L, 5L, 6L, 7L);
      assertThat(result.message())
          .isEqualTo("removed 2 executions with 6 steps and 2 instances older than 90 days");
      assertThat(campaigns.count("BATCH_JOB_INSTANCE")).isEqualTo(5);
      assertThat(campaigns.count("BATCH_JOB_EXECUTION_CONTEXT")).isEqualTo(5);
      assertThat(campaigns.count("BATCH_STEP_EXECUTION")).isEqualTo(4 * 3 + 1);
      assertThat(campaigns.count("BATCH_STEP_EXECUTION_CONTEXT")).isEqualTo(4 * 3 + 1);
      assertThat(campaigns.count("BATCH_JOB_EXECUTION_PARAMS")).isEqualTo(4 * 2 + 1);

      var again = runs.run(new JobRequest("metadata-retention", null, null), PATIENCE);
      assertThat(again.message()).startsWith("removed 0 executions");
    }
  }

  private void status(long id, String status) {
    campaigns
        .jdbc
        .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = ? WHERE JOB_EXECUTION_ID = ?")
        .params(status, id)
        .update();
  }

  @Test
  void instanceStaysWithAYoungerExecution() {
    try (var application = campaigns.start("--firstcome.batch.threads=1")) {
      var runs = application.getBean(JobRuns.class);
      var request = new JobRequest("daily-statistics", LocalDate.of(2025, 12, 21), null);
      runs.run(request, PATIENCE);
      status(1, "FAILED");
      runs.run(request, PATIENCE);
      age("JOB_EXECUTION_ID = 1", 91);

      var result = runs.run(new JobRequest("metadata-retention", null, null), PATIENCE);

      assertThat(result.message()).startsWith("removed 1 executions with 2 steps and 0 instances");
      assertThat(campaigns.count("BATCH_JOB_INSTANCE WHERE JOB_NAME = 'daily-statistics'"))
          .isEqualTo(1);
    }
  }

  @Test
  void manyInSeveralTransactions() {
    try (var application = campaigns.start("--firstcome.batch.threads=1")) {
      var runs = application.getBean(JobRuns.class);
      campaigns
          .jdbc
          .sql(
              "INSERT INTO BATCH_JOB_INSTANCE WITH RECURSIVE n (i) AS"
                  + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                  + " SELECT 100000 + i, 0, 'daily-statistics', i FROM n")
          .update();
      campaigns
          .jdbc
          .sql(
              "INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, JOB_INSTANCE_ID, CREATE_TIME,"
                  + " STATUS) SELECT JOB_INSTANCE_ID, JOB_INSTANCE_ID, '2020-01-01', 'COMPLETED'"
                  + " FROM BATCH_JOB_INSTANCE")
          .update();
      var result = runs.run(new JobRequest("metadata-retention", null, null), PATIENCE);
      assertThat(result.message())
          .startsWith("removed 999 executions with 0 steps and 999 instances");
    }
  }
}
