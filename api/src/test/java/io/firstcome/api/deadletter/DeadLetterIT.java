package io.firstcome.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.place.Place;
import io.firstcome.core.place.RequestIds;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeadLetterIT {
  private static final String PATH = "/api/admin/dead-letters";
  private static final ApiServer SERVER = ApiServer.shared();

  private final ApiClient api = SERVER.admin();
  private final JdbcClient database = SERVER.database();
  private final ResendForTests log = SERVER.bean(ResendForTests.class);

  @BeforeEach
  void logAnswers() {
    log.failure = null;
    log.sent.clear();
  }

  @Test
  void listsNewestFirstAndByCampaign() {
    long campaign = campaign("letters", "");
    long other = campaign("letters-other", "");
    long named = letter(campaign, 3, campaign, "k", "1\tx");
    long unnamed = letter(campaign, 4, null, null, "\u0000");
    letter(other, 1, other, "k", "y");

    var all = api.get(PATH + "?campaign=letters");

    assertThat(all.status()).as(all.body()).isEqualTo(200);
    assertThat(all.header("X-Total-Count")).contains("2");
    var first = all.json().get(0);
    assertThat(first.get("id").asLong()).isEqualTo(unnamed);
    assertThat(first.get("topic").asString()).isEqualTo("firstcome.campaign.letters");
    assertThat(first.get("offset").asLong()).isEqualTo(4);
    assertThat(first.get("campaignId").isNull()).isTrue();
    assertThat(first.get("key").isNull()).isTrue();
    assertThat(first.get("payload").get("base64").asBoolean()).isTrue();
    assertThat(first.get("retriedAt").isNull()).isTrue();
    var second = all.json().get(1);
    assertThat(second.get("id").asLong()).isEqualTo(named);
    assertThat(second.get("payload").get("text").asString()).isEqualTo("1\tx");
    assertThat(second.get("reason").asString()).isEqualTo("unreadable");
    assertThat(api.get(PATH + "?campaign=" + campaign + "&size=1&page=1").json().get(0))
        .isEqualTo(second);
    assertThat(api.get(PATH + "?campaign=nobody").code()).isEqualTo("CAMPAIGN_NOT_FOUND");
    assertThat(api.get(PATH).json().size()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void sendsTheSameBytesAgainOnce() {
    long campaign = campaign("again", "");
    long id = letter(campaign, 9, campaign, "u1", "1\tbad");

    var answer = api.post(PATH + "/" + id + "/retry");

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    var requestId = answer.json().get("requestId").asString();
    assertThat(SERVER.bean(RequestIds.class).read(requestId))
        .map(Place::campaignId)
        .contains(campaign);
    assertThat(answer.header("Location")).contains("/api/participations/" + requestId);
    assertThat(log.sent).hasSize(1);
    assertThat(log.sent.getFirst().payload()).asString().isEqualTo("1\tbad");
    assertThat(log.sent.getFirst().key()).asString().isEqualTo("u1");
    assertThat(log.sent.getFirst().target().partition()).isNull();

    var second = api.post(PATH + "/" + id + "/retry");
    assertThat(second.code()).isEqualTo("CHANGE_REFUSED");
    assertThat(second.json().get("detail").asString()).contains("again already, at 20");
    assertThat(log.sent).hasSize(1);
    var shown = api.get(PATH + "?campaign=again").json().get(0);
    assertThat(shown.get("retriedAs").asString()).isEqualTo(requestId);
    assertThat(api.get("/api/admin/audit-log?campaign=again").json().get(0).get("action"))
        .asString()
        .contains("DEAD_LETTER_RETRIED");
  }

  @Test
  void canBeTriedAgainWhenTheLogDidNotAnswer() {
    long campaign = campaign("log-down", "");
    long id = letter(campaign, 1, campaign, null, "x");
    log.failure = new ProblemException(ErrorCode.LOG_UNAVAILABLE, "down");
    assertThat(api.post(PATH + "/" + id + "/retry").status()).isEqualTo(503);
    assertThat(api.get(PATH + "?campaign=log-down").json().get(0).get("retriedAt").isNull())
        .isTrue();

    log.failure = null;
    assertThat(api.post(PATH + "/" + id + "/retry").status()).isEqualTo(202);
    assertThat(log.sent.getFirst().target().partition()).as("where it was").isEqualTo(0);
  }

  @Test
  void ofManyRetriesAtOnceOneSends() throws Exception {
    long campaign = campaign("many", "");
    long id = letter(campaign, 1, campaign, "k", "x");
    Callable<Answer> retry = () -> api.post(PATH + "/" + id + "/retry");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var statuses =
          threads.invokeAll(List.of(retry, retry, retry, retry)).stream()
              .map(Future::resultNow)
              .map(Answer::status)
              .toList();
      assertThat(statuses).containsExactlyInAnyOrder(202, 409, 409, 409);
    }
    assertThat(log.sent).hasSize(1);
  }

  @Test
  void goesToThePartitionOfItsCampaignOnALane() {
    long campaign = campaign("on-lane", ",\"lane\":\"coupons\"");
    long id = letter(campaign, 5, campaign, "k", "x");
    long lost = letter(campaign, 6, null, "k", "x");

    assertThat(api.post(PATH + "/" + id + "/retry").status()).isEqualTo(202);
    assertThat(log.sent.getFirst().target().partition()).isEqualTo((int) (campaign % 4));
    assertThat(api.post(PATH + "/" + lost + "/retry").code()).isEqualTo("CHANGE_REFUSED");
    assertThat(log.sent).hasSize(1);
  }

  @Test
  void unknownAndEmptyLettersAreNotSent() {
    long campaign = campaign("empty", "");
    long empty = letter(campaign, 1, campaign, "k", null);

    assertThat(api.post(PATH + "/" + empty + "/retry").code()).isEqualTo("CHANGE_REFUSED");
    assertThat(api.post(PATH + "/999999999/retry").code()).isEqualTo("DEAD_LETTER_NOT_FOUND");
    assertThat(log.sent).isEmpty();
  }

  private long campaign(String name, String more) {
    var answer =
        api.post(
            "/api/admin/campaigns", "{\"name\":\"%s\",\"totalStock\":1%s}".formatted(name, more));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asLong();
  }

  private long letter(
      long topicOfCampaign,
      long offset,
      @Nullable Long campaign,
      @Nullable String key,
      @Nullable String payload) {
    database
        .sql(
            """
            INSERT INTO dead_letter (topic_id, part, log_offset, campaign_id, record_key, payload,
                                     reason, logged_at, found_at)
            SELECT topic_id, 0, :offset, :campaign, :key, :payload, 'unreadable',
                   UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
              FROM campaign WHERE id = :id
            """)
        .param("id", topicOfCampaign)
        .param("offset", offset)
        .param("campaign", campaign)
        .param("key", bytes(key))
        .param("payload", bytes(payload))
        .update();
    return database.sql("SELECT MAX(id) FROM dead_letter").query(Long.class).single();
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
