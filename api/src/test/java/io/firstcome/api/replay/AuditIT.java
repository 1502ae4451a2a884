package io.firstcome.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firstcome.api.ApiServer;
import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.ledger.Source;
import io.firstcome.core.rule.Request;
import io.firstcome.replay.CampaignReplay;
import io.firstcome.testing.ApiClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AuditIT {
  private static final ApiServer SERVER = ApiServer.shared();

  private final ApiClient api = SERVER.admin();
  private final DataSource database = SERVER.bean(DataSource.class);

  @Test
  void agreesWithWhatWasDecided() throws SQLException {
    long id = decided("audit-agrees");

    var answer = api.get("/api/admin/campaigns/audit-agrees/audit");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var audit = answer.json();
    assertThat(audit.get("campaignId").asLong()).isEqualTo(id);
    assertThat(audit.get("campaignName").asString()).isEqualTo("audit-agrees");
    assertThat(audit.get("replayed").asLong()).isEqualTo(5);
    assertThat(audit.get("notInLog").asLong()).isZero();
    assertThat(audit.get("agree").asBoolean()).isTrue();
    assertThat(audit.get("differenceCount").asLong()).isZero();
    assertThat(audit.get("differences").isArray()).isTrue();
    assertThat(audit.get("differences").size()).isZero();
    assertThat(audit.get("queryTimeMs").asLong(-1)).isNotNegative();
    assertThat(api.get("/api/admin/campaigns/" + id + "/audit").json().get("agree").asBoolean())
        .isTrue();
  }

  @Test
  void showsWhatDiffers() throws SQLException {
    long id = decided("audit-differs");
    SERVER
        .database()
        .sql(
            "UPDATE participation SET outcome = 'SUCCESS', success_rank = 3"
                + " WHERE campaign_id = ? AND user_id = 'dan'")
        .param(id)
        .update();

    var audit = api.get("/api/admin/campaigns/audit-differs/audit").json();

    assertThat(audit.get("agree").asBoolean()).isFalse();
    assertThat(audit.get("differenceCount").asLong()).isEqualTo(1);
    assertThat(audit.get("differences").size()).isEqualTo(1);
    var difference = audit.get("differences").get(0);
    assertThat(difference.get("kind").asString()).isEqualTo("OUTCOME");
    assertThat(difference.get("message").asString()).isEqualTo("The rule gives another outcome.");
    assertThat(difference.get("partition").asInt()).isZero();
    assertThat(difference.get("offset").asLong()).isEqualTo(4);
    assertThat(difference.get("participationId").asLong()).isPositive();
    assertThat(difference.get("userId").asString()).isEqualTo("dan");
    assertThat(difference.get("expected").asString()).isEqualTo("OUT_OF_STOCK");
    assertThat(difference.get("found").asString()).isEqualTo("SUCCESS with rank 3");
  }

  @Test
  void oneAuditAtATime() throws Exception {
    decided("audit-busy");
    try (var lock = database.getConnection();
        var statement = lock.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Only audits read this table, so the first one waits here.
      statement.execute("LOCK TABLES stock_change WRITE");
      var calls = new ArrayList<Future<ApiClient.Answer>>();
      try {
        for (int i = 0; i < 2; i++) {
          calls.add(threads.submit(() -> api.get("/api/admin/campaigns/audit-busy/audit")));
        }
        Awaitility.await()
            .atMost(Duration.ofSeconds(15))
            .until(() -> calls.stream().anyMatch(Future::isDone));
      } finally {
        statement.execute("UNLOCK TABLES");
      }
      var answers = new ArrayList<ApiClient.Answer>();
      for (var call : calls) {
        answers.add(call.get());
      }
      assertThat(answers).extracting(ApiClient.Answer::status).containsExactlyInAnyOrder(200, 429);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 429)
          .allSatisfy(answer -> {
            assertThat(answer.code()).isEqualTo("TOO_MANY_REQUESTS");
            assertThat(answer.header("Retry-After")).contains("5");
          });
    }
    assertThat(api.get("/api/admin/campaigns/audit-busy/audit").status()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNotThere() {
    var unknown = api.get("/api/admin/campaigns/audit-nobody/audit");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("CAMPAIGN_NOT_FOUND");
    assertThat(SERVER.anybody().get("/api/admin/campaigns/audit-nobody/audit").status())
        .isEqualTo(401);
  }

  @Test
  void saysThatTheLogIsGone() throws Exception {
    create("audit-no-log");
    SERVER.bean(Admin.class).deleteTopics(List.of("firstcome.campaign.audit-no-log")).all().get();
    // The broker hears of it some moments after the controller.
    var answer =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> api.get("/api/admin/campaigns/audit-no-log/audit"),
                seen -> seen.status() == 503);
    assertThat(answer.code()).isEqualTo("LOG_UNAVAILABLE");
    assertThat(answer.json().get("detail").asString()).contains("is gone");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  @Test
  void saysThatTheLogIsAway() {
    create("audit-log-away");
    Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
    var controller =
        new AuditController(
            SERVER.bean(CampaignDirectory.class), new CampaignReplay(database, nowhere));
    var problem =
        catchThrowableOfType(ProblemException.class, () -> controller.audit("audit-log-away"));
    assertThat(problem.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE);
    assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  private long create(String name) {
    var answer = api.post("/api/admin/campaigns", "{\"name\":\"" + name + "\",\"totalStock\":2}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asLong();
  }

  /** A campaign of which five requests have come through the door and been decided. */
  private long decided(String name) throws SQLException {
    long id = create(name);
    var requests = new ArrayList<LoggedRequest>();
    for (var user : List.of("ann", "ann", "bob", "cid", "dan")) {
      var taken = api.participate(name, user).json();
      requests.add(
          new LoggedRequest(
              taken.get("offset").asLong(),
              Instant.parse(taken.get("acceptedAt").asString()),
              id,
              new Request(user, null)));
    }
    var jdbc = SERVER.database();
    int topic =
        jdbc.sql("SELECT topic_id FROM campaign WHERE id = ?")
            .param(id)
            .query(Integer.class)
            .single();
    try (var tx = database.getConnection()) {
      tx.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      tx.setAutoCommit(false);
      assertThat(Ledger.decide(tx, new Source(topic, 0), requests).undecidable()).isEmpty();
      tx.commit();
    }
    jdbc.sql(
            "INSERT INTO consumer_offset (topic_id, part, next_offset, owner_epoch, owner)"
                + " VALUES (?, 0, 5, 1, 'test')")
        .param(topic)
        .update();
    return id;
  }
}
