package io.firstcome.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.awaitility.Awaitility;

/** What operators do and see over the API, for tests of the pages. */
final class Operations {
  private static final String BULK = "/api/admin/test/participate-bulk";
  private static final Product PRODUCT = Product.get();

  private Operations() {}

  /** What the log and the ledger have of a campaign with no lane. */
  static Counts counts(String campaign) {
    var live = PRODUCT.admin().get("/api/admin/campaigns/" + campaign + "/live");
    assertThat(live.status()).as(live.body()).isEqualTo(200);
    long logged = 0;
    for (var partition : live.json().get("partitions")) {
      logged += partition.get("endOffset").asLong();
    }
    return new Counts(
        live.json().get("successCount").asLong(), live.json().get("failCount").asLong(), logged);
  }

  /** As {@link #counts}, which is up to a second old. */
  static void awaitCounts(String campaign, Counts expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(counts(campaign)).isEqualTo(expected));
  }

  /**
   * @param logged requests that stand in the log, also those that were sent twice
   */
  record Counts(long successes, long failures, long logged) {}

  /** The door knows of a campaign what is told of it here: all of it is up to a second old. */
  static void awaitKnown(String campaign, String member, String value) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> told(campaign, member), value::equals);
  }

  private static String told(String campaign, String member) {
    return PRODUCT.anybody().get("/api/campaigns/" + campaign).json().get(member).asString();
  }

  /** Requests of made-up users, all of them in the log; the id of the run. */
  static String bulkSent(String campaign, int count) {
    var start = "{\"count\":%d,\"campaignId\":\"%s\"}".formatted(count, campaign);
    // One run at a time: another test may have left one behind.
    var answer =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> PRODUCT.admin().post(BULK, start), found -> found.status() != 429);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    var runId = answer.json().get("runId").asString();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> bulkStatus(runId), status -> !status.equals("SENDING"));
    return runId;
  }

  /** As {@link #bulkSent}, and all of them decided. */
  static void bulkDecided(String campaign, int count) {
    var runId = bulkSent(campaign, count);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> bulkStatus(runId), status -> status.equals("DONE"));
  }

  private static String bulkStatus(String runId) {
    return PRODUCT.admin().get(BULK + "/" + runId).json().get("status").asString();
  }

  /** The day that it is for campaigns that name no time zone. */
  static LocalDate today() {
    return LocalDate.now(ZoneId.of(PRODUCT.connection().getProperty("firstcome.time-zone")));
  }

  /** Counts a day for the statistics. */
  static void aggregated(LocalDate day) {
    var start = "/api/admin/batch/aggregate?date=" + day;
    // One run at a time: another one may be at work.
    var launched =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> PRODUCT.admin().post(start), found -> found.status() != 409);
    assertThat(launched.status()).as(launched.body()).isEqualTo(202);
    var run = "/api/admin/batch/status/" + launched.json().get("jobExecutionId").asLong();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> PRODUCT.admin().get(run).json().get("status").asString(), "COMPLETED"::equals);
  }

  /** Pauses, resumes or closes it. */
  static void operate(String campaign, String mode) {
    var answer = PRODUCT.admin().post("/api/admin/campaigns/" + campaign + "/" + mode);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }
}
