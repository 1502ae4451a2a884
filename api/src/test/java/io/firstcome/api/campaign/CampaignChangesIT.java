package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import io.firstcome.testing.ApiSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CampaignChangesIT {
  private static final String PATH = AdminCampaignController.PATH;
  private static final ApiServer SERVER = ApiServer.shared();
  private static final CampaignProbe probe = new CampaignProbe(SERVER);

  private final ApiClient api = probe.api;

  @AfterAll
  static void closeClients() {
    probe.log.close(Duration.ofSeconds(5));
  }

  @Test
  void stockGrowsWithWhatIsLeftAndNeverShrinks() {
    probe.create("growing", 10);
    probe.database.sql("UPDATE campaign SET remaining = 4 WHERE name = 'growing'").update();

    var answer = api.patch(PATH + "/growing", "{\"totalStock\":25}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("totalStock").asLong()).isEqualTo(25);
    assertThat(answer.json().get("currentStock").asLong()).isEqualTo(19);
    assertThat(api.patch(PATH + "/growing", "{\"totalStock\":24}").code())
        .isEqualTo("CHANGE_REFUSED");
    assertThat(SERVER.bean(CampaignDirectory.class).find("growing").orElseThrow().remaining())
        .isEqualTo(19);
    assertThat(probe.actions("growing")).containsExactly("CAMPAIGN_CHANGED", "CAMPAIGN_CREATED");
  }

  @Test
  void aGrowingStockIsNotedAtItsPlaceInTheOrderOfTheDecisions() {
    long id = probe.create("noted", 10);
    probe.participate(id, 3);
    long last = probe.database.sql("SELECT MAX(id) FROM participation").query(Long.class).single();
    api.patch(PATH + "/noted", "{\"totalStock\":25}");
    api.patch(PATH + "/noted", "{\"totalStock\":25,\"displayName\":\"same stock\"}");
    api.patch(PATH + "/noted", "{\"totalStock\":30}");

    assertThat(
            probe
                .database
                .sql(
                    "SELECT CONCAT_WS(' ', after_id, stock_before, stock_after) FROM stock_change"
                        + " WHERE campaign_id = :id ORDER BY id")
                .param("id", id)
                .query(String.class)
                .list())
        .containsExactly(last + " 10 25", last + " 25 30");
  }

  @Test
  void aChangeDoesNotWriteBackTheStockThatItRead() throws Exception {
    probe.create("contended", 1_000);
    Callable<Answer> take =
        () -> {
          probe
              .database
              .sql("UPDATE campaign SET remaining = remaining - 1 WHERE name = 'contended'")
              .update();
          return api.patch(PATH + "/contended", "{\"displayName\":\"" + Math.random() + "\"}");
        };
    Callable<Answer> grow = () -> api.patch(PATH + "/contended", "{\"totalStock\":2000}");

    var answers = CampaignProbe.atOnce(List.of(take, take, take, grow, take, take, take));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(api.get(PATH + "/contended").json().get("currentStock").asLong()).isEqualTo(1_994);
  }

  @Test
  void partitionsGrowInTheLogAndInTheRow() throws Exception {
    probe.create("wide", 1);

    var answer = api.patch(PATH + "/wide", "{\"partitions\":3}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("partitions").asInt()).isEqualTo(3);
    probe.topic("firstcome.campaign.wide", 3);
    assertThat(api.patch(PATH + "/wide", "{\"partitions\":2}").code()).isEqualTo("CHANGE_REFUSED");
    assertThat(api.patch(PATH + "/wide", "{\"partitions\":3}").status()).isEqualTo(200);
    // What cannot be done as a whole is not begun.
    assertThat(
            api.patch(PATH + "/wide", "{\"partitions\":4,\"totalStock\":1,\"soldOut\":\"x\"}")
                .status())
        .isEqualTo(400);
    probe.create("wide-2", 2);
    assertThat(api.patch(PATH + "/wide-2", "{\"partitions\":4,\"totalStock\":1}").code())
        .isEqualTo("CHANGE_REFUSED");
    probe.topic("firstcome.campaign.wide-2", 1);
  }

  @Test
  void windowIsChangedClearedAndKeptInOrder() {
    probe.create("windowed", 1);
    var path = PATH + "/windowed";

    var set = api.patch(path, "{\"opensAt\":\"2030-01-01T09:00+09:00\",\"soldOut\":\"Refuse\"}");
    assertThat(set.json().get("opensAt").asString()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(set.json().get("state").asString()).isEqualTo("SCHEDULED");
    var before = api.patch(path, "{\"closesAt\":\"2029-01-01T00:00:00Z\"}");
    assertThat(before.status()).isEqualTo(400);
    assertThat(before.json().get("field").asString()).isEqualTo("closesAt");
    var cleared = api.patch(path, "{\"opensAt\":null,\"closesAt\":\"2040-01-01T00:00:00Z\"}");
    assertThat(cleared.json().get("opensAt").isNull()).isTrue();
    assertThat(cleared.json().get("state").asString()).isEqualTo("OPEN");
    assertThat(api.patch(path, "{\"opensAt\":5}").json().get("field").asString())
        .isEqualTo("opensAt");
    assertThat(api.patch(path, "{}").json()).isEqualTo(cleared.json());
    assertThat(probe.actions("windowed"))
        .containsExactly("CAMPAIGN_CHANGED", "CAMPAIGN_CHANGED", "CAMPAIGN_CREATED");
  }

  @Test
  void repeatableStaysOnceSomebodyHasTakenPart() {
    long id = probe.create("once", 5);
    assertThat(api.patch(PATH + "/once", "{\"repeatable\":true}").status()).isEqualTo(200);
    probe.participate(id, 1);

    assertThat(api.patch(PATH + "/once", "{\"repeatable\":false}").code())
        .isEqualTo("CHANGE_REFUSED");
    assertThat(api.patch(PATH + "/once", "{\"repeatable\":true}").status()).isEqualTo(200);
  }

  @Test
  void pausesResumesAndClosesForGood() {
    probe.create("modes", 1);
    var path = PATH + "/modes";

    assertThat(CampaignProbe.state(api.post(path + "/pause", "{\"why\":\"the site is on fire\"}")))
        .isEqualTo("PAUSED");
    assertThat(CampaignProbe.state(api.post(path + "/pause"))).isEqualTo("PAUSED");
    assertThat(CampaignProbe.state(api.post(path + "/resume"))).isEqualTo("OPEN");
    assertThat(api.post(path + "/pause", "{\"because\":\"x\"}").status()).isEqualTo(400);
    assertThat(api.post(path + "/pause", "{\"why\":\"" + "x".repeat(501) + "\"}").status())
        .isEqualTo(400);
    assertThat(CampaignProbe.state(api.post(path + "/close"))).isEqualTo("CLOSED");
    assertThat(CampaignProbe.state(api.post(path + "/close"))).isEqualTo("CLOSED");
    assertThat(api.post(path + "/resume").code()).isEqualTo("CHANGE_REFUSED");
    assertThat(api.post(path + "/pause").code()).isEqualTo("CHANGE_REFUSED");

    var log = api.get("/api/admin/audit-log?campaign=modes&size=2&page=1");
    assertThat(log.header("X-Total-Count")).contains("4");
    var first = log.json().get(0);
    assertThat(first.get("action").asString()).isEqualTo("CAMPAIGN_PAUSED");
    assertThat(first.get("actor").asString()).isEqualTo(ApiSettings.ADMIN);
    assertThat(first.get("details").toString())
        .isEqualTo("{\"before\":\"ACTIVE\",\"after\":\"PAUSED\",\"why\":\"the site is on fire\"}");
  }

  @Test
  void deletesEverythingButTheAuditLog() throws Exception {
    long id = probe.create("gone", 5);
    var topicId = probe.topicId("gone");
    probe.participate(id, 25);
    probe
        .database
        .sql("INSERT INTO consumer_offset VALUES (:t, 0, 25, NULL, 1, 'somebody')")
        .param("t", topicId)
        .update();
    for (var values :
        List.of(
            "campaign_rate VALUES (:id, 1, 1, 1, 1)",
            "campaign_stats VALUES ('2026-01-01', :id, 1, 1, 1)",
            "stats_pending VALUES (:id, '2026-01-02', 1, UTC_TIMESTAMP(6))",
            "stats_aggregation VALUES (:id, UTC_TIMESTAMP(6))",
            "stock_change VALUES (NULL, :id, 0, 1, 2, UTC_TIMESTAMP(6))",
            "dead_letter (topic_id, part, log_offset, campaign_id, reason, logged_at, found_at)"
                + " SELECT topic_id, 0, 1, id, 'x', created_at, created_at FROM campaign"
                + " WHERE id = :id")) {
      probe.database.sql("INSERT INTO " + values).param("id", id).update();
    }
    var tables =
        probe
            .database
            .sql(
                "SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                    + " AND column_name = 'campaign_id' AND table_name <> 'audit_log'")
            .query(String.class)
            .list();
    for (var table : tables) {
      assertThat(probe.count(table + " WHERE campaign_id = " + id)).as(table).isPositive();
    }

    assertThat(api.delete(PATH + "/" + id).status()).isEqualTo(204);

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(probe.log.listTopics().names().get())
                .doesNotContain("firstcome.campaign.gone"));
    for (var table : tables) {
      assertThat(probe.count(table + " WHERE campaign_id = " + id)).as(table).isZero();
    }
    assertThat(probe.count("consumer_offset WHERE topic_id = " + topicId)).isZero();
    assertThat(probe.count("topic WHERE id = " + topicId)).isZero();
    assertThat(api.get(PATH + "/gone").status()).isEqualTo(404);
    assertThat(api.delete(PATH + "/gone").status()).isEqualTo(404);
    assertThat(probe.actions("gone"))
        .containsExactly("CAMPAIGN_DELETED", "CAMPAIGN_DELETION_STARTED", "CAMPAIGN_CREATED");
    probe.create("gone", 7);
  }

  @Test
  void finishesADeletionThatWasCutOff() throws Exception {
    long id = probe.create("half-gone", 5);
    probe.participate(id, 3);
    probe.log.deleteTopics(List.of("firstcome.campaign.half-gone")).all().get();

    assertThat(api.delete(PATH + "/half-gone").status()).isEqualTo(204);
    assertThat(probe.count("participation WHERE campaign_id = " + id)).isZero();
  }
}
