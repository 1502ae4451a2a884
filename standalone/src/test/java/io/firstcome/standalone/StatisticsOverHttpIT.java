package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.batch.run.JobRequest;
import io.firstcome.testing.ApiClient.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From requests to the figures of a day, to their proof, over HTTP. */
class StatisticsOverHttpIT {
  private static final String ZONE = "Pacific/Kiritimati";

  private final WholeProduct product = WholeProduct.get();

  private static LocalDate today() {
    return LocalDate.now(ZoneId.of(ZONE));
  }

  private JsonNode of(String campaign, String kind, LocalDate date) {
    var answer = product.admin.get("/api/admin/stats/" + kind + "?date=" + date);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    for (var one : answer.json().get("campaigns")) {
      if (one.get("campaignName").asString().equals(campaign)) {
        return one;
      }
    }
    throw new AssertionError(campaign + " is not in " + answer.body());
  }

  private JsonNode awaitEnd(Answer started) {
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    var path = started.header("Location").orElseThrow();
    assertThat(path)
        .isEqualTo("/api/admin/batch/status/" + started.json().get("jobExecutionId").asLong());
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> product.admin.get(path).json(), run -> !run.get("endTime").isNull());
  }

  private Answer aggregate(LocalDate date) {
    return product.admin.post("/api/admin/batch/aggregate?date=" + date, "");
  }

  @Test
  void aDayIsAggregatedOnRequestAndAgreesWithTheHistoryAndTheLog() {
    var campaign = product.campaign(3, ",\"partitions\":2,\"timeZone\":\"" + ZONE + "\"");
    var before = today();
    for (int i = 0; i < 10; i++) {
      var body = "{\"userId\":" + i % 8 + "}";
      product.anybody.post("/api/campaigns/" + campaign + "/participation", body);
    }
    product.awaitDecided(campaign);

    for (var date = before; !date.isAfter(today()); date = date.plusDays(1)) {
      var run = awaitEnd(aggregate(date));
      assertThat(run.get("status").asString()).as(run.toString()).isEqualTo("COMPLETED");
      assertThat(run.get("date").asString()).isEqualTo(date.toString());
    }
    var aggregated = of(campaign, "daily", before);
    assertThat(aggregated).isEqualTo(of(campaign, "raw", before));
    if (before.equals(today())) {
      assertThat(aggregated.get("successCount").asLong()).isEqualTo(3);
      assertThat(aggregated.get("failCount").asLong()).isEqualTo(7);
    }
    var audit = product.admin.get("/api/admin/campaigns/" + campaign + "/audit").json();
    assertThat(audit.get("agree").asBoolean()).as(audit.toString()).isTrue();
    assertThat(audit.get("replayed").asLong()).isEqualTo(10);
    var history = product.admin.get("/api/admin/batch/history?job=daily-statistics").json();
    assertThat(history.get(0).get("date").asString()).isEqualTo(today().toString());
  }

  @Test
  void aSecondRunIsRefusedWithTheIdOfTheFirst() throws SQLException {
    var campaign = product.campaign(3, "");
    product.anybody.post("/api/campaigns/" + campaign + "/participation", "{\"userId\":1}");
    product.awaitDecided(campaign);
    long id = product.id(campaign);
    var date = LocalDate.now(ZoneId.of("Asia/Seoul")).minusDays(3);

    Answer first;
    try (var connection = product.connection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Whoever aggregates a campaign locks this row first, so the run waits here.
      statement.execute("INSERT INTO stats_aggregation VALUES (" + id + ", UTC_TIMESTAMP(6))");
      first = aggregate(date);
      var second = aggregate(date);
      assertThat(second.status()).as(second.body()).isEqualTo(409);
      assertThat(second.code()).isEqualTo("BATCH_RUNNING");
      assertThat(second.json().get("jobExecutionId")).isEqualTo(first.json().get("jobExecutionId"));
      connection.rollback();
    }
    assertThat(awaitEnd(first).get("status").asString()).isEqualTo("COMPLETED");
    assertThat(awaitEnd(aggregate(date)).get("status").asString()).isEqualTo("COMPLETED");
  }

  @Test
  void theScheduleRunsTheJobsOfTheDay() {
    var yesterday = new JobRequest("daily-statistics", null, null);
    product.jobs.run(yesterday, Duration.ofMinutes(1));
    long before = product.count("BATCH_JOB_INSTANCE WHERE JOB_NAME = 'metadata-retention'");

    // Nothing was missed, so the first run is the one of the next minute.
    try (var _ = DailyRuns.start(product.jobs, new Schedule("* * * * *", ZoneId.of(ZONE)))) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(100))
          .until(() ->
              product.count("BATCH_JOB_INSTANCE WHERE JOB_NAME = 'metadata-retention'") > before);
    }
    assertThat(product.admin.get("/api/admin/batch/history?job=daily-statistics").json().size())
        .isGreaterThanOrEqualTo(2);
  }
}
