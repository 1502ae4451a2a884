package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.testing.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door refuses: always with a problem that helps, and with nothing written. */
class RefusalsIT {
  private static final String GOOD_BODY = "{\"userId\":1}";
  private final WholeProduct product = WholeProduct.get();
  private final String campaign = product.campaign(5, "");
  private long logEnd;
  private long rows;
  private long campaigns;

  @BeforeEach
  void remember() {
    rows = product.count("participation");
    campaigns = product.count("campaign");
    logEnd = product.anybody.participate(campaign, "probe").json().get("offset").asLong();
    product.awaitDecided(campaign);
  }

  /** The probe before and the probe after stand side by side in the log. */
  @AfterEach
  void nothingWasWritten() {
    var next = product.anybody.participate(campaign, "probe", "Prefer", "wait=20").json();
    assertThat(next.get("offset").asLong()).isEqualTo(logEnd + 1);
    product.awaitDecided(campaign);
    assertThat(product.count("participation")).isEqualTo(rows + 2);
    assertThat(product.count("campaign")).isBetween(campaigns, campaigns + 1);
  }

  private Answer send(String to, String body, String... headers) {
    var request =
        product
            .anybody
            .request("/api/campaigns/" + to + "/participation")
            .POST(BodyPublishers.ofString(body));
    if (headers.length == 0) {
      headers = new String[] {"Content-Type", "application/json"};
    }
    return product.anybody.send(request.headers(headers));
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.code()).isEqualTo(code);
    var problem = answer.json();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank();
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("type").asString()).startsWith("urn:firstcome:problem:");
    assertThat(problem.get("instance").asString()).startsWith("/");
    assertThat(answer.body()).doesNotContain("Exception", "io.firstcome", "org.", "SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"userId\":null}",
        "{\"userId\":{}}",
        "{\"userId\":[1]}",
        "{\"userId\":true}",
        "{\"userId\":1.5}",
        "{\"userId\":\"\"}",
        "{\"userId\":\"   \"}",
        "{\"userId\":\"a\\u0000b\"}",
        "{\"userId\":\"a\\tb\"}",
        "{\"userId\":\"12345678901234567890123456789012345678901234567890123456789012345\"}",
        "[]",
        "7",
        "null",
        "",
        "{",
        "userId=1",
      })
  void refusesABodyThatNamesNoUser(String body) {
    assertProblem(send(campaign, body), 400, "REQUEST_MALFORMED");
    assertProblem(send("no-such-campaign", body), 404, "CAMPAIGN_NOT_FOUND");
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    var answer =
        product.anybody.post(
            "/api/campaigns/" + product.campaign(5, "") + "/participation-sync",
            "{\"userId\":1,\"from\":\"an app of tomorrow\"}");
    assertThat(answer.status()).isEqualTo(200);
    rows++;
    campaigns++;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Prefer          | wait=99999
          Prefer          | wait=31
          Prefer          | wait=-1
          Prefer          | wait=soon
          Prefer          | respond-async, wait
          Idempotency-Key | two words
          Idempotency-Key | 12345678901234567890123456789012345678901234567890123456789012345
          """)
  void refusesHeadersThatMakeNoSense(String name, String value) {
    assertProblem(
        send(campaign, GOOD_BODY, "Content-Type", "application/json", name, value),
        400,
        "REQUEST_MALFORMED");
  }

  @Test
  void refusesWhatIsTooLargeOrNoJson() {
    var large = "{\"userId\":1,\"x\":\"" + "x".repeat(1_000_000) + "\"}";
    assertProblem(send(campaign, large), 413, "REQUEST_TOO_LARGE");
    assertProblem(send("no-such-campaign", large), 404, "CAMPAIGN_NOT_FOUND");
    assertProblem(
        send(campaign, GOOD_BODY, "Content-Type", "text/plain"), 415, "MEDIA_TYPE_UNSUPPORTED");
    assertProblem(send(campaign, "x", "Content-Type", "text/plain"), 400, "REQUEST_MALFORMED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no-such-campaign", "999999999", "UPPER", "99999999999999999999999", "a_b"})
  void doesNotKnowOtherCampaigns(String unknown) {
    assertProblem(send(unknown, GOOD_BODY), 404, "CAMPAIGN_NOT_FOUND");
    assertProblem(
        product.anybody.get("/api/campaigns/" + unknown + "/status"), 404, "CAMPAIGN_NOT_FOUND");
  }

  @Test
  void refusesRequestIdsThatWereNeverIssued() {
    var requestId =
        product.anybody.participate(campaign, "other").json().get("requestId").asString();
    logEnd++;
    rows++;
    var changed = (requestId.charAt(9) == 'A' ? 'B' : 'A') + requestId.substring(10);
    for (var wrong :
        new String[] {
          requestId.substring(0, 9) + changed,
          requestId.substring(0, requestId.length() - 1),
          requestId.substring(1),
          requestId + "A",
          "x",
          "123",
          "a".repeat(2_000),
        }) {
      for (var path : new String[] {"", "/events", "?wait=5"}) {
        assertProblem(
            product.anybody.get("/api/participations/" + wrong + path),
            404,
            "PARTICIPATION_NOT_FOUND");
      }
    }
    assertProblem(
        product.anybody.get("/api/participations/" + requestId + "?wait=99999"),
        400,
        "REQUEST_MALFORMED");
  }

  @Test
  void opensAndClosesByTheWindowAndByHand() {
    var opensAt = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    var future = product.campaign(5, ",\"opensAt\":\"" + opensAt + "\"");
    var notOpen = send(future, GOOD_BODY);
    assertProblem(notOpen, 409, "CAMPAIGN_NOT_OPEN");
    assertThat(notOpen.json().get("opensAt").asString()).isEqualTo(opensAt.toString());
    assertProblem(send(future, "{}"), 400, "REQUEST_MALFORMED");
    assertThat(product.anybody.get("/api/campaigns").body()).doesNotContain(future);

    var hand = product.campaign(5, "");
    var path = "/api/admin/campaigns/" + hand;
    assertThat(product.admin.post(path + "/pause", "{\"why\":\"a test\"}").status()).isEqualTo(200);
    assertProblem(send(hand, GOOD_BODY), 409, "CAMPAIGN_PAUSED");
    assertThat(product.admin.post(path + "/resume").json().get("state").asString())
        .isEqualTo("OPEN");
    assertThat(product.admin.post(path + "/close").json().get("state").asString())
        .isEqualTo("CLOSED");
    assertProblem(send(hand, GOOD_BODY), 410, "CAMPAIGN_CLOSED");
    assertProblem(product.admin.post(path + "/resume"), 409, "CHANGE_REFUSED");
    campaigns = product.count("campaign");
  }

  @Test
  void refusesAtTheDoorWhenSoldOutIfTheCampaignSaysSo() {
    var refusing = product.campaign(1, ",\"soldOut\":\"Refuse\"");
    assertThat(
            product
                .anybody
                .post("/api/campaigns/" + refusing + "/participation-sync", GOOD_BODY)
                .status())
        .isEqualTo(200);
    // Another process may still remember the stock for a second.
    Awaitility.await()
        .untilAsserted(() ->
            assertProblem(
                product.anybody.post(
                    "/api/campaigns/" + refusing + "/participation-sync", "{\"userId\":2}"),
                410,
                "OUT_OF_STOCK"));
    rows = product.count("participation") - 1;
    campaigns = product.count("campaign");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"x-neg","totalStock":-1}                                      | totalStock
          {"name":"x-zero","totalStock":0}                                      | totalStock
          {"name":"x-none"}                                                     | totalStock
          {"name":"x-half","totalStock":1.5}                                    | totalStock
          {"totalStock":5}                                                      | name
          {"name":"  ","totalStock":5}                                          | name
          {"name":"x-part","totalStock":5,"partitions":0}                       | partitions
          {"name":"x-many","totalStock":5,"partitions":1001}                    | partitions
          {"name":"x-both","totalStock":5,"partitions":1,"lane":"coupons"}      | partitions
          {"name":"x-lane","totalStock":5,"lane":"nowhere"}                     | lane
          {"name":"x-zone","totalStock":5,"opensAt":"2030-01-01T00:00:00"}      | opensAt
          {"name":"x-text","totalStock":5,"opensAt":"tomorrow"}                 | opensAt
          {"name":"x-year","totalStock":5,"opensAt":"2025-12-28"}               | opensAt
          {"name":"x-sold","totalStock":5,"soldOut":"Maybe"}                    | soldOut
          {"name":"x-kind","totalStock":5,"kind":"RAFFLE"}                      | kind
          {"name":"x-odd","totalStock":5,"remaining":9}                         | remaining
          """)
  void namesTheFieldOfACampaignThatCannotBe(String body, String field) {
    var answer = product.admin.post("/api/admin/campaigns", body);
    assertProblem(answer, 400, "REQUEST_MALFORMED");
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
    assertThat(answer.json().get("detail").asString()).contains(field);
  }

  @Test
  void refusesANameOfThreeHundredCharacters() {
    var body = "{\"name\":\"" + "n".repeat(300) + "\",\"totalStock\":5}";
    assertProblem(product.admin.post("/api/admin/campaigns", body), 400, "REQUEST_MALFORMED");
  }

  @Test
  void takesATimeInAnotherZoneForTheSameInstant() {
    var zoned = product.campaign(5, ",\"opensAt\":\"2030-12-24T20:00:00+09:00\"");
    assertThat(product.admin.get("/api/admin/campaigns/" + zoned).json().get("opensAt").asString())
        .isEqualTo("2030-12-24T11:00:00Z");
    campaigns = product.count("campaign");
  }
}
