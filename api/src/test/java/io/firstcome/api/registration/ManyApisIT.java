package io.firstcome.api.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** One api is told by the operator, another one answers at the door. */
class ManyApisIT {
  // The other's memory is fresh for a second.
  private static final Duration KNOWN_EVERYWHERE = Duration.ofSeconds(3);

  private static final ApiServer ONE = ApiServer.shared();
  private static final ApiServer OTHER =
      ApiServer.start(
          "spring.datasource.url="
              + ONE.bean(Environment.class).getRequiredProperty("spring.datasource.url"));

  private final OperatorClient operator = new OperatorClient(ONE);

  @AfterAll
  static void stop() {
    OTHER.close();
  }

  @Test
  void aReleaseIsKnownEverywhere() throws Exception {
    var topic = Declared.ownTopic("many-release", Declared.topic("many-release", 1), 1);
    operator.put("many-release", Declared.of(5, topic));
    assertThat(OTHER.anybody().participate("many-release", "u1").status()).isEqualTo(202);

    operator.release("many-release", "sales");

    Awaitility.await()
        .atMost(KNOWN_EVERYWHERE)
        .until(() -> code("many-release", "u2").equals("CAMPAIGN_PAUSED"));
  }

  @Test
  void aCampaignThatWasMadeAgainTakesNoRequestForTheOldOne() throws Exception {
    var topic = Declared.ownTopic("many-again", Declared.topic("many-again", 1), 1);
    long old = operator.put("many-again", Declared.of(5, topic)).json().get("id").asLong();
    assertThat(OTHER.anybody().participate("many-again", "u1").status()).isEqualTo(202);
    assertThat(OTHER.anybody().participate(old, "u2").status()).isEqualTo(202);

    operator.delete("many-again", "sales");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(Declared.LOG.listTopics().names().get()).doesNotContain("many-again"));
    var again = Declared.ownTopic("many-again", Declared.topic("many-again", 1), 1);
    long young = operator.put("many-again", Declared.of(5, again)).json().get("id").asLong();

    assertThat(young).isNotEqualTo(old);
    Awaitility.await()
        .atMost(KNOWN_EVERYWHERE)
        .until(() -> code(Long.toString(old), "u3").equals("CAMPAIGN_NOT_FOUND"));
    Awaitility.await().atMost(KNOWN_EVERYWHERE).until(() -> isTakenFor(young));
    for (int i = 0; i < 20; i++) {
      assertThat(isTakenFor(young)).isTrue();
    }
  }

  @Test
  void aTopicThatWasMadeAgainBehindOurBackTakesNoRequests() throws Exception {
    var topic = Declared.ownTopic("many-topic", Declared.topic("many-topic", 1), 1);
    operator.put("many-topic", Declared.of(5, topic));
    assertThat(OTHER.anybody().participate("many-topic", "u1").status()).isEqualTo(202);

    Declared.LOG.deleteTopics(List.of("many-topic")).all().get();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(Declared.LOG.listTopics().names().get()).doesNotContain("many-topic"));
    Declared.topic("many-topic", 1);

    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> code("many-topic", "u2").equals("LOG_UNAVAILABLE"));
    for (int i = 0; i < 20; i++) {
      var answer = OTHER.anybody().participate("many-topic", "u3");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().get("detail").asString()).contains("was deleted and made again");
    }
  }

  private static boolean isTakenFor(long id) {
    var answer = OTHER.anybody().participate("many-again", "u4");
    return answer.status() == 202 && answer.json().get("campaignId").asLong() == id;
  }

  private static String code(String campaign, String user) {
    var answer = OTHER.anybody().participate(campaign, user);
    return answer.status() == 202 ? "taken" : answer.code();
  }
}
