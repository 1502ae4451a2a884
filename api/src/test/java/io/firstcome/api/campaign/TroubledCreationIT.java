package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left behind when the log or the database fails halfway. */
class TroubledCreationIT {
  private static final String PATH = AdminCampaignController.PATH;
  private static final ApiServer HEALTHY = ApiServer.shared();
  private static final CampaignProbe probe = new CampaignProbe(HEALTHY);

  /** Nothing listens on port 1. */
  private static ApiServer withoutLog;

  @BeforeAll
  static void startWithoutLog() {
    withoutLog =
        ApiServer.start("spring.kafka.bootstrap-servers=localhost:1", "firstcome.topic.timeout=2s");
  }

  @AfterAll
  static void stop() {
    withoutLog.close();
    probe.log.close(Duration.ofSeconds(5));
  }

  @Test
  void withoutTheLogNothingIsMadeAndTheAnswerComesInTime() {
    long started = System.nanoTime();
    var answer = withoutLog.admin().post(PATH, "{\"name\":\"no-log\",\"totalStock\":1}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("LOG_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).contains("5");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
    assertThat(withoutLog.admin().get(PATH + "/no-log").status()).isEqualTo(404);
    assertThat(withoutLog.admin().get(PATH).json().isEmpty()).isTrue();
  }

  @Test
  void withoutTheLogACampaignIsNotDeletedButClosed() {
    withoutLog
        .database()
        .sql("INSERT INTO topic VALUES (5, 'firstcome.campaign.kept', :uuid, NULL, 1)")
        .param("uuid", "AAAAAAAAAAAAAAAAAAAAAQ")
        .update();
    withoutLog
        .database()
        .sql(
            """
            INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,
                                  sold_out, mode, topic_id, created_at)
            VALUES ('kept', 'Kept', 'FIRST_COME', 3, 3, FALSE, 'RECORD', 'ACTIVE', 5,
                    UTC_TIMESTAMP(6))
            """)
        .update();

    assertThat(withoutLog.admin().delete(PATH + "/kept").code()).isEqualTo("LOG_UNAVAILABLE");

    var kept = withoutLog.admin().get(PATH + "/kept").json();
    assertThat(kept.get("state").asString()).isEqualTo("CLOSED");
    assertThat(withoutLog.admin().patch(PATH + "/kept", "{\"partitions\":2}").code())
        .isEqualTo("LOG_UNAVAILABLE");
    // What needs no log goes on.
    assertThat(withoutLog.admin().patch(PATH + "/kept", "{\"totalStock\":4}").status())
        .isEqualTo(200);
  }

  @Test
  void aTopicWhoseRowsWereRefusedIsTakenAway() throws Exception {
    probe
        .database
        .sql(
            """
            CREATE TRIGGER refuse_one BEFORE INSERT ON audit_log FOR EACH ROW
            IF NEW.campaign_name = 'refused' THEN
              SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'secret text of the database';
            END IF
            """)
        .update();
    try {
      var answer = probe.api.post(PATH, "{\"name\":\"refused\",\"totalStock\":1}");

      assertThat(answer.status()).as(answer.body()).isGreaterThanOrEqualTo(500);
      assertThat(answer.body()).doesNotContain("secret");
      assertThat(probe.count("campaign WHERE name = 'refused'")).isZero();
      assertThat(probe.count("topic WHERE name = 'firstcome.campaign.refused'")).isZero();
      Awaitility.await()
          .untilAsserted(() -> assertThat(topics()).doesNotContain("firstcome.campaign.refused"));
    } finally {
      probe.database.sql("DROP TRIGGER refuse_one").update();
    }
    probe.create("refused", 1);
    Topics.await(probe.log, "firstcome.campaign.refused", 1);
  }

  private static List<String> topics() throws Exception {
    Admin log = probe.log;
    return List.copyOf(log.listTopics().names().get());
  }
}
