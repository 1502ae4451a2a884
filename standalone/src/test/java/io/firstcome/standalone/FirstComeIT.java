package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.testing.ApiClient.Answer;
import io.firstcome.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What participants are promised, seen over HTTP from the request to the result. */
class FirstComeIT {
  private final WholeProduct product = WholeProduct.get();

  private List<Answer> thousandAtOnce(String campaign, String path) {
    var calls = new ArrayList<Callable<Answer>>();
    for (int user = 0; user < 1_000; user++) {
      var body = "{\"userId\":" + user + "}";
      calls.add(() -> postUntilTaken("/api/campaigns/" + campaign + path, body));
    }
    return WholeProduct.atOnce(calls);
  }

  /**
   * As a client does of whom the database has too many, which only the sync path says: what was not
   * taken is sent again.
   */
  private Answer postUntilTaken(String path, String body) {
    var answer = product.anybody.post(path, body);
    for (int again = 0; again < 5 && answer.status() == 503; again++) {
      assertThat(answer.code()).as(answer.body()).isEqualTo("DATABASE_UNAVAILABLE");
      assertThat(answer.body()).contains("This one was not taken: send it again.");
      answer = product.anybody.post(path, body);
    }
    return answer;
  }

  @Test
  void servesTheFirstFiftyOfAThousandAtOnce() {
    var campaign = product.campaign(50, "");
    var places = new TreeMap<Long, String>();
    for (var answer : thousandAtOnce(campaign, "/participation")) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      var json = answer.json();
      places.put(json.get("offset").asLong(), json.get("requestId").asString());
      assertThat(answer.header("Location"))
          .contains("/api/participations/" + json.get("requestId").asString());
    }
    assertThat(places).hasSize(1_000);
    product.awaitDecided(campaign);

    long expectedRank = 1;
    for (var requestId : places.values()) {
      var result = product.anybody.get("/api/participations/" + requestId).json();
      if (expectedRank <= 50) {
        assertThat(result.get("status").asString()).isEqualTo("SUCCESS");
        assertThat(result.get("rank").asLong()).isEqualTo(expectedRank++);
      } else {
        assertThat(result.get("status").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(result.get("rank").isNull()).isTrue();
      }
    }
    assertStatus(campaign, 50, 950, "100.00%");
  }

  @Test
  void answersInOnePiece() {
    var campaign = product.campaign(1, "");
    var accepted =
        product.anybody.post("/api/campaigns/" + campaign + "/participation", "{\"userId\":1}");
    var requestId = accepted.json().get("requestId").asString();
    var result = product.anybody.get("/api/participations/" + requestId + "?wait=10");
    for (var answer : List.of(accepted, result)) {
      assertThat(answer.header("Content-Length")).contains("" + answer.body().length());
      assertThat(answer.header("Transfer-Encoding")).isEmpty();
    }
  }

  /** A letter of the name written out takes the way over Spring MVC. */
  @Test
  void answersTheSameOnTheShortWayAndOnTheUsualOne() {
    var campaign = product.campaign(1, "");
    var shortWay = "/api/campaigns/" + campaign + "/participation";
    var usualWay = shortWay.replace("campaigns/" + campaign.charAt(0), escaped(campaign));
    for (var body : List.of("{\"userId\":1}", "{\"userId\":1.5}", "no JSON")) {
      var first = product.anybody.post(shortWay, body);
      var second = product.anybody.post(usualWay, body);
      assertThat(second.status()).isEqualTo(first.status());
      assertThat(headers(second)).isEqualTo(headers(first)).containsKey("content-security-policy");
      assertThat(second.json().propertyNames()).isEqualTo(first.json().propertyNames());
    }
    assertThat(
            product
                .meters
                .get("http.server.requests")
                .tag("uri", "/api/campaigns/{campaign}/participation")
                .timers())
        .extracting(timer -> timer.getId().getTag("uri"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /participation  |                       | taken
          POST | /participation  | */*                   | taken
          POST | /participation  | application/json      | taken
          POST | /participation  | image/png             | passed on
          POST | /participation  | application/json-seq  | passed on
          POST | /participation/ |                       | passed on
          POST | /status         |                       | passed on
          GET  | /participation  |                       | passed on
          """)
  void takesWhatIsUsualAndPassesOnTheRest(
      String method, String path, @Nullable String accept, String expected) throws Exception {
    var request =
        new MockHttpServletRequest(method, "/api/campaigns/" + product.campaign(1, "") + path);
    request.setContent("{\"userId\":1}".getBytes(StandardCharsets.UTF_8));
    if (accept != null) {
      request.addHeader("Accept", accept);
    }
    var chain = new MockFilterChain();
    product.shortWay.doFilter(request, new MockHttpServletResponse(), chain);
    assertThat(chain.getRequest() == null ? "taken" : "passed on").isEqualTo(expected);
  }

  private static String escaped(String campaign) {
    return "campaigns/%%%x".formatted((int) campaign.charAt(0));
  }

  /** All but those that tell two requests apart. */
  private static Map<String, List<String>> headers(Answer answer) {
    var headers = new TreeMap<>(answer.response().headers().map());
    headers.keySet().removeAll(List.of("location", "date", "content-length"));
    return headers;
  }

  @Test
  void neverOversellsOnTheSyncPathEither() {
    var campaign = product.campaign(50, "");
    var ranks = new TreeSet<Long>();
    int outOfStock = 0;
    for (var answer : thousandAtOnce(campaign, "/participation-sync")) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      if (answer.json().get("status").asString().equals("SUCCESS")) {
        ranks.add(answer.json().get("rank").asLong());
      } else {
        outOfStock++;
      }
    }
    assertThat(outOfStock).isEqualTo(950);
    assertThat(ranks).isEqualTo(new TreeSet<>(LongStream.rangeClosed(1, 50).boxed().toList()));
    assertStatus(campaign, 50, 950, "100.00%");
  }

  private void assertStatus(String campaign, long success, long fail, String usage) {
    assertStatus(campaign, success, fail, usage, success + fail);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void decidesTenThousandOfABulkRun(int partitions) {
    var campaign = product.campaign(777, ",\"partitions\":" + partitions);
    var started =
        product.admin.post(
            "/api/admin/test/participate-bulk",
            "{\"count\":10000,\"campaignId\":" + product.id(campaign) + "}");
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    var path = "/api/admin/test/participate-bulk/" + started.json().get("runId").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> product.admin.get(path).json().get("status").asString().equals("DONE"));

    var run = product.admin.get(path).json();
    assertThat(run.get("sent").asInt()).isEqualTo(10_000);
    assertThat(run.get("decided").asInt()).isEqualTo(10_000);
    long id = product.id(campaign);
    assertThat(product.count("participation WHERE campaign_id = ?", id)).isEqualTo(10_000);
    assertThat(
            product.count("(SELECT DISTINCT part FROM participation WHERE campaign_id = ?) p", id))
        .isEqualTo(partitions);
    assertThat(
            product.count(
                "(SELECT DISTINCT success_rank FROM participation WHERE campaign_id = ?"
                    + " AND success_rank BETWEEN 1 AND 777) r",
                id))
        .isEqualTo(777);
    assertStatus(campaign, 777, 10_000 - 777, "100.00%");

    var order = product.admin.get("/api/admin/stats/order-analysis/" + campaign).json();
    var summary = order.get("summary");
    System.out.printf("Order on %d partition(s): %s%n", partitions, summary);
    assertThat(summary.get("totalRecords").asInt()).isEqualTo(10_000);
    assertThat(summary.get("partitionCount").asInt()).isEqualTo(partitions);
    assertThat(order.get("partitionDistribution")).hasSize(partitions);
    if (partitions == 1) {
      assertThat(summary.get("orderAccuracy").asString()).isEqualTo("100.00%");
    }
    var audit = product.admin.get("/api/admin/campaigns/" + campaign + "/audit").json();
    assertThat(audit.get("agree").asBoolean()).as(audit.toString()).isTrue();
    assertThat(audit.get("replayed").asInt()).isEqualTo(10_000);
  }

  @Test
  void treatsTheSameKeyAsTheSameRequestAndAnotherAsASecondOne() {
    var campaign = product.campaign(10, "");
    var first = waiting(campaign, "ann", "Idempotency-Key", "k-1");
    var again = waiting(campaign, "ann", "Idempotency-Key", "k-1");
    var other = waiting(campaign, "ann", "Idempotency-Key", "k-2");
    var without = waiting(campaign, "ann");
    assertThat(result(first)).isEqualTo("SUCCESS 1");
    assertThat(result(again)).isEqualTo("SUCCESS 1");
    assertThat(result(other)).isEqualTo("ALREADY_ISSUED");
    assertThat(result(without)).isEqualTo("ALREADY_ISSUED");
    // The number and the text are the same user.
    var number =
        product.anybody.post(
            "/api/campaigns/" + campaign + "/participation-sync", "{\"userId\":7}");
    var text =
        product.anybody.post(
            "/api/campaigns/" + campaign + "/participation-sync", "{\"userId\":\"7\"}");
    assertThat(result(number)).isEqualTo("SUCCESS 2");
    assertThat(result(text)).isEqualTo("ALREADY_ISSUED");
    assertStatus(campaign, 2, 3, "20.00%", 6);
  }

  /** The status may be a second old. */
  private void assertStatus(String campaign, long success, long fail, String usage, long recent) {
    Awaitility.await()
        .untilAsserted(() -> {
          var status = product.anybody.get("/api/campaigns/" + campaign + "/status").json();
          assertThat(status.get("successCount").asLong()).isEqualTo(success);
          assertThat(status.get("failCount").asLong()).isEqualTo(fail);
          assertThat(status.get("stockUsageRate").asString()).isEqualTo(usage);
          assertThat(status.get("processingMetrics").get("recentProcessed").asLong())
              .isEqualTo(recent);
          assertThat(status.get("lag").asLong()).isZero();
        });
  }

  @Test
  void countsEveryRequestOfARepeatableCampaign() {
    var campaign = product.campaign(3, ",\"repeatable\":true");
    assertThat(result(waiting(campaign, "ann"))).isEqualTo("SUCCESS 1");
    assertThat(result(waiting(campaign, "ann"))).isEqualTo("SUCCESS 2");
    assertThat(result(waiting(campaign, "ann", "Idempotency-Key", "k"))).isEqualTo("SUCCESS 3");
    assertThat(result(waiting(campaign, "ann", "Idempotency-Key", "k"))).isEqualTo("SUCCESS 3");
    assertThat(result(waiting(campaign, "ann"))).isEqualTo("OUT_OF_STOCK");
  }

  @Test
  void keepsThreeHundredCouponsOfALaneExactAndOrdered() {
    var coupons = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      coupons.add(product.campaign(3, ",\"lane\":\"coupons\""));
    }
    var calls = new ArrayList<Callable<Answer>>();
    for (int user = 0; user < 6; user++) {
      var body = "{\"userId\":\"user-" + user + "\"}";
      coupons.forEach(
          coupon -> calls.add(() -> product.anybody.post("/coupons/" + coupon + "/issue", body)));
    }
    for (var answer : WholeProduct.atOnce(calls)) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("requestId", "message");
    }
    coupons.forEach(product::awaitDecided);
    for (var coupon : coupons) {
      long id = product.id(coupon);
      assertThat(
              product
                  .jdbc
                  .sql(
                      "SELECT success_rank FROM participation WHERE campaign_id = ?"
                          + " ORDER BY log_offset LIMIT 3")
                  .param(id)
                  .query(Long.class)
                  .list())
          .containsExactly(1L, 2L, 3L);
      assertThat(product.count("participation WHERE campaign_id = ?", id)).isEqualTo(6);
      assertThat(
              product.count(
                  "(SELECT DISTINCT part FROM participation WHERE campaign_id = ?) p", id))
          .isEqualTo(1);
    }
  }

  @Test
  void tellsTheResultInEveryWayThatACanBeAsked() {
    var campaign = product.campaign(1, "");
    var accepted = product.anybody.participate(campaign, "ann").json();
    var requestId = accepted.get("requestId").asString();
    assertThat(accepted.propertyNames())
        .containsExactlyInAnyOrder(
            "requestId", "campaignId", "userId", "status", "partition", "offset", "acceptedAt");

    var waited = product.anybody.get("/api/participations/" + requestId + "?wait=10").json();
    assertThat(waited.propertyNames())
        .containsExactlyInAnyOrder(
            "requestId",
            "campaignId",
            "userId",
            "status",
            "message",
            "rank",
            "partition",
            "offset",
            "kafkaTimestamp",
            "processedAt");
    assertThat(waited.get("status").asString()).isEqualTo("SUCCESS");
    assertThat(waited.get("userId").asString()).isEqualTo("ann");
    assertThat(waited.get("kafkaTimestamp").asString())
        .isEqualTo(accepted.get("acceptedAt").asString());
    assertThat(product.anybody.get("/coupons/issue-status/" + requestId).json()).isEqualTo(waited);

    var events = product.anybody.get("/api/participations/" + requestId + "/events");
    assertThat(events.header("Content-Type").orElse("")).startsWith("text/event-stream");
    assertThat(events.body()).containsSubsequence("event:processing", "event:result", "SUCCESS");
  }

  @Test
  void letsNobodyWaitForWhatIsDecidedOrGone() {
    var campaign = product.campaign(5, "");
    var here =
        product.anybody.post(
            "/api/campaigns/" + campaign + "/participation-sync", "{\"userId\":\"ann\"}");
    var inLine = waiting(campaign, "bob").json().get("requestId").asString();
    var started = Instant.now();
    var sync = "/api/participations/" + here.json().get("requestId").asString() + "?wait=30";
    assertThat(result(product.anybody.get(sync))).isEqualTo("SUCCESS 1");
    var logged = "/api/participations/" + inLine + "?wait=30";
    assertThat(result(product.anybody.get(logged))).isEqualTo("SUCCESS 2");

    product.admin.post("/api/admin/campaigns/" + campaign + "/close");
    var deleted = product.admin.delete("/api/admin/campaigns/" + campaign);
    assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
    assertThat(product.anybody.get(logged).code()).isEqualTo("PARTICIPATION_NOT_FOUND");
    assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void tellsARepeatedRequestItsResultAlsoAfterTheEnd() {
    var campaign = product.campaign(1, ",\"soldOut\":\"Refuse\"");
    assertThat(result(waiting(campaign, "ann", "Idempotency-Key", "k"))).isEqualTo("SUCCESS 1");
    Awaitility.await()
        .until(() -> product.anybody.participate(campaign, "bob").code().equals("OUT_OF_STOCK"));
    assertThat(result(waiting(campaign, "ann", "Idempotency-Key", "k"))).isEqualTo("SUCCESS 1");
    product.admin.post("/api/admin/campaigns/" + campaign + "/close");
    assertThat(result(waiting(campaign, "ann", "Idempotency-Key", "k"))).isEqualTo("SUCCESS 1");
    assertThat(product.anybody.participate(campaign, "ann").code()).isEqualTo("CAMPAIGN_CLOSED");
  }

  @Test
  void listsWhatItCannotReadAndSendsItAgainWhenTold() throws Exception {
    var campaign = product.campaign(5, "");
    Map<String, Object> kafka =
        Map.of("bootstrap.servers", TestServers.get().bootstrapServers(), "acks", "all");
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>("firstcome.campaign." + campaign, "key", "no request"))
          .get();
    }
    assertThat(result(waiting(campaign, "ann"))).isEqualTo("SUCCESS 1");

    var letters = product.admin.get("/api/admin/dead-letters?campaign=" + campaign).json();
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).get("offset").asLong()).isZero();
    assertThat(letters.get(0).get("reason").asString())
        .isEqualTo("the value does not start with a version");

    // It is no better the second time, and whoever asks for it hears so.
    var retried =
        product.admin.post(
            "/api/admin/dead-letters/" + letters.get(0).get("id").asLong() + "/retry");
    assertThat(retried.status()).as(retried.body()).isEqualTo(202);
    var requestId = retried.json().get("requestId").asString();
    var again = product.anybody.get("/api/participations/" + requestId + "?wait=20").json();
    assertThat(again.get("status").asString()).isEqualTo("FAILED");
    assertThat(again.get("offset").asLong()).isEqualTo(2);
    assertThat(product.admin.get("/api/admin/dead-letters?campaign=" + campaign).json()).hasSize(2);
  }

  @Test
  void letsThousandsWaitForTheirResultsAtOnce() {
    var campaign = product.campaign(500, "");
    var calls = new ArrayList<Callable<Answer>>();
    for (int user = 0; user < 2_000; user++) {
      var name = "user-" + user;
      calls.add(() -> product.anybody.participate(campaign, name, "Prefer", "wait=30"));
    }
    var results = WholeProduct.atOnce(calls).stream().map(FirstComeIT::result).toList();
    assertThat(results.stream().filter(result -> result.startsWith("SUCCESS")).distinct().count())
        .isEqualTo(500);
    assertThat(results.stream().filter("OUT_OF_STOCK"::equals).count()).isEqualTo(1_500);
  }

  private Answer waiting(String campaign, String user, String... headers) {
    var all = new ArrayList<>(List.of("Prefer", "wait=20"));
    all.addAll(List.of(headers));
    return product.anybody.participate(campaign, user, all.toArray(String[]::new));
  }

  private static String result(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var rank = answer.json().get("rank");
    return answer.json().get("status").asString() + (rank.isNull() ? "" : " " + rank.asLong());
  }
}
