package io.firstcome.api.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RegistrationIT {
  private static final ApiServer SERVER = ApiServer.shared();

  private final OperatorClient operator = new OperatorClient(SERVER);
  private final ApiClient admin = SERVER.admin();
  private final ApiClient anybody = SERVER.anybody();
  private final JdbcClient database = SERVER.database();

  @Test
  void registersACampaignThatTakesRequestsAtOnce() throws Exception {
    // The door remembers that there was nothing.
    assertThat(anybody.participate("reg-new", "u1").status()).isEqualTo(404);
    var id = Declared.topic("reg.new.topic", 2);

    var answer =
        operator.put(
            "reg-new",
            """
            {"namespace":"sales","displayName":"크리스마스","totalStock":50,\
            "opensAt":"2020-01-01T09:00:00.123456789+09:00","closesAt":"2040-01-01T00:00:00Z",\
            "timeZone":"UTC","repeatable":true,"soldOut":"Refuse","paused":false,%s}\
            """
                .formatted(Declared.ownTopic("reg.new.topic", id, 2)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var row = answer.json();
    var asOf = row.get("sample").get("asOf").asString();
    assertThat(answer.body())
        .isEqualTo(
            """
            {"id":%d,"name":"reg-new","namespace":"sales","released":false,\
            "displayName":"크리스마스","totalStock":50,"opensAt":"2020-01-01T00:00:00.123456Z",\
            "closesAt":"2040-01-01T00:00:00Z","timeZone":"UTC","repeatable":true,\
            "soldOut":"Refuse","paused":false,"closed":false,"state":"OPEN",\
            "topic":{"name":"reg.new.topic","id":"%s","partitions":2},"lane":null,\
            "sample":{"total":50,"remaining":50,"succeeded":0,"failed":0,"lag":0,"asOf":"%s"}}\
            """
                .formatted(row.get("id").asLong(), id, asOf));
    assertThat(anybody.participate("reg-new", "u1").status()).isEqualTo(202);
    Awaitility.await()
        .until(() -> operator.get("reg-new").json().get("sample").get("lag").asLong() == 1);
    assertThat(actions("reg-new")).containsExactly("operator CAMPAIGN_CREATED");
  }

  @Test
  void writesNothingWhenNothingHasChanged() throws Exception {
    var body = own("reg-same", 5, 1);
    assertThat(operator.put("reg-same", body).status()).isEqualTo(200);
    database
        .sql(
            """
            CREATE TRIGGER no_write BEFORE UPDATE ON campaign FOR EACH ROW
            IF NEW.name = 'reg-same' THEN
              SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'written';
            END IF
            """)
        .update();
    try {
      for (int i = 0; i < 3; i++) {
        var again = operator.put("reg-same", body);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
      }
      assertThat(operator.put("reg-same", body.replace("Asia/Seoul", "UTC")).status())
          .as("the time zone counts only when it is made")
          .isEqualTo(200);
      assertThat(operator.put("reg-same", body.replace("Sale", "Other")).status())
          .as("the trigger sees writes")
          .isEqualTo(500);
    } finally {
      database.sql("DROP TRIGGER no_write").update();
    }
    assertThat(actions("reg-same")).containsExactly("operator CAMPAIGN_CREATED");
  }

  @Test
  void becomesWhatTheResourceSays() throws Exception {
    var body = own("reg-change", 5, 1);
    long id = operator.put("reg-change", body).json().get("id").asLong();
    database.sql("UPDATE campaign SET remaining = 3 WHERE id = :id").param("id", id).update();

    var answer =
        operator.put(
            "reg-change",
            body.replace("\"totalStock\":5", "\"totalStock\":8")
                .replace("Sale", "Sale 2")
                .replace("\"closesAt\":null", "\"closesAt\":\"2040-01-01T00:00:00Z\"")
                .replace("Record", "Refuse")
                .replace("\"repeatable\":false", "\"repeatable\":true")
                .replace("\"paused\":false", "\"paused\":true")
                .replace("\"partitions\":1", "\"partitions\":4"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var row = answer.json();
    assertThat(row.get("id").asLong()).isEqualTo(id);
    assertThat(row.get("displayName").asString()).isEqualTo("Sale 2");
    assertThat(row.get("closesAt").asString()).isEqualTo("2040-01-01T00:00:00Z");
    assertThat(row.get("soldOut").asString()).isEqualTo("Refuse");
    assertThat(row.get("repeatable").asBoolean()).isTrue();
    assertThat(row.get("paused").asBoolean()).isTrue();
    assertThat(row.get("state").asString()).isEqualTo("PAUSED");
    assertThat(row.get("topic").get("partitions").asInt()).isEqualTo(4);
    var sample = row.get("sample");
    assertThat(sample.get("total").asLong()).isEqualTo(8);
    assertThat(sample.get("remaining").asLong()).isEqualTo(6);
    assertThat(sample.get("succeeded").asLong()).isEqualTo(2);
    assertThat(
            database
                .sql("SELECT COUNT(*) FROM stock_change WHERE campaign_id = :id")
                .param("id", id)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(anybody.participate("reg-change", "u1").code()).isEqualTo("CAMPAIGN_PAUSED");
    assertThat(actions("reg-change"))
        .containsExactly("operator CAMPAIGN_CHANGED", "operator CAMPAIGN_CREATED");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/registration/refusals.txt", delimiter = '|', quoteCharacter = '\'')
  void refuses(String from, String to, String code, String detail) throws Exception {
    var topic = refusing();
    var body = Declared.of(5, topic);
    var id = topic.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    var real = from.replace("TOPIC", topic).replace("ID", id);

    var answer = operator.put("reg-refuse", body.replace(real, to.replace("TOPIC", topic)));

    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(code.equals("REQUEST_MALFORMED") ? 400 : 409);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.json().get("detail").asString()).contains(detail);
    assertThat(operator.put("reg-refuse", body).status()).isEqualTo(200);
    assertThat(actions("reg-refuse")).containsExactly("operator CAMPAIGN_CREATED");
  }

  /** The topic of a campaign that somebody has taken part in. */
  private String refusing() throws Exception {
    var known = operator.get("reg-refuse");
    if (known.status() == 200) {
      return Declared.ownTopic("reg.refuse", known.json().get("topic").get("id").asString(), 2);
    }
    var topic = Declared.ownTopic("reg.refuse", Declared.topic("reg.refuse", 2), 2);
    long id = operator.put("reg-refuse", Declared.of(5, topic)).json().get("id").asLong();
    database
        .sql(
            """
            INSERT INTO participation
              (campaign_id, user_id, dedup_key, outcome, is_repeat, logged_at, decided_at)
            VALUES (:id, 'u', 'u', 'OUT_OF_STOCK', FALSE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
            """)
        .param("id", id)
        .update();
    return topic;
  }

  @ParameterizedTest
  @CsvSource({"12345", "Upper", "a_b", "-a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void refusesWhatIsNoName(String name) {
    var answer = operator.put(name, Declared.of(1, "\"lane\":\"coupons\""));
    assertThat(answer.code()).isEqualTo("REQUEST_MALFORMED");
    assertThat(answer.json().get("field").asString()).isEqualTo("name");
    assertThat(operator.get(name).status()).isEqualTo(404);
  }

  @Test
  void refusesTheTopicOfAnotherCampaign() throws Exception {
    var body = own("reg-first", 5, 1);
    assertThat(operator.put("reg-first", body).status()).isEqualTo(200);

    var answer = operator.put("reg-second", body);

    assertThat(answer.code()).as(answer.body()).isEqualTo("CHANGE_REFUSED");
    assertThat(answer.json().get("detail").asString())
        .contains("has the requests of another campaign, reg-first");
    assertThat(operator.get("reg-second").status()).isEqualTo(404);
  }

  @Test
  void registersOnALane() {
    var answer = operator.put("reg-lane", Declared.of(5, "\"lane\":\"coupons\""));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("lane").asString()).isEqualTo("coupons");
    assertThat(answer.json().get("topic").get("name").asString())
        .isEqualTo("firstcome.lane.coupons");
    assertThat(answer.json().get("topic").get("partitions").asInt()).isEqualTo(4);
    assertThat(anybody.participate("reg-lane", "u1").status()).isEqualTo(202);
    assertThat(operator.delete("reg-lane", "sales").status()).isEqualTo(204);
  }

  @Test
  void aReleasedCampaignKeepsItsHistoryAndIsTakenOverAgain() throws Exception {
    var body = own("reg-release", 5, 1);
    var first = operator.put("reg-release", body).json();
    assertThat(anybody.participate("reg-release", "u1").status()).isEqualTo(202);

    assertThat(operator.release("reg-release", "other").status()).isEqualTo(404);
    assertThat(operator.release("reg-release", "sales").status()).isEqualTo(204);
    assertThat(anybody.participate("reg-release", "u2").code()).isEqualTo("CAMPAIGN_PAUSED");
    assertThat(operator.release("reg-release", "sales").status()).isEqualTo(204);
    assertThat(names("sales")).contains("{\"name\":\"reg-release\",\"released\":true}");

    var again = operator.put("reg-release", body.replace("sales", "elsewhere")).json();
    assertThat(again.get("id")).isEqualTo(first.get("id"));
    assertThat(again.get("namespace").asString()).isEqualTo("elsewhere");
    assertThat(again.get("released").asBoolean()).isFalse();
    assertThat(again.get("paused").asBoolean()).isFalse();
    assertThat(anybody.participate("reg-release", "u2").status()).isEqualTo(202);
    assertThat(names("elsewhere")).containsExactly("{\"name\":\"reg-release\",\"released\":false}");
    assertThat(actions("reg-release"))
        .containsExactly(
            "operator CAMPAIGN_CHANGED", "operator CAMPAIGN_RELEASED", "operator CAMPAIGN_CREATED");
    assertThat(operator.release("reg-nobody", "sales").status()).isEqualTo(404);
  }

  @Test
  void whatAPersonClosedStaysClosed() throws Exception {
    var body = own("reg-closed", 5, 1);
    operator.put("reg-closed", body);
    assertThat(admin.post("/api/admin/campaigns/reg-closed/close").status()).isEqualTo(200);

    var answer = operator.put("reg-closed", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("closed").asBoolean()).isTrue();
    assertThat(answer.json().get("state").asString()).isEqualTo("CLOSED");
    assertThat(operator.release("reg-closed", "sales").status()).isEqualTo(204);
    assertThat(operator.put("reg-closed", body).json().get("closed").asBoolean()).isTrue();
  }

  @Test
  void takesOverACampaignThatWasMadeWithoutACluster() {
    var made =
        admin.post("/api/admin/campaigns", "{\"name\":\"reg-before\",\"totalStock\":5}").json();
    var before = operator.get("reg-before").json();
    assertThat(before.get("namespace").isNull()).isTrue();

    var topic =
        Declared.ownTopic(
            made.get("topic").asString(), before.get("topic").get("id").asString(), 1);
    var answer = operator.put("reg-before", Declared.of(6, topic));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("id")).isEqualTo(made.get("id"));
    assertThat(answer.json().get("namespace").asString()).isEqualTo("sales");
    assertThat(answer.json().get("totalStock").asLong()).isEqualTo(6);
  }

  @Test
  void deletesTheRowsAndTheTopicWithTheKnownId() throws Exception {
    var body = own("reg-delete", 5, 1);
    operator.put("reg-delete", body);

    assertThat(operator.delete("reg-delete", "other").status()).isEqualTo(404);
    assertThat(operator.delete("reg-delete", "sales").status()).isEqualTo(204);

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(Declared.LOG.listTopics().names().get()).doesNotContain("topic.reg-delete"));
    assertThat(operator.get("reg-delete").code()).isEqualTo("CAMPAIGN_NOT_FOUND");
    assertThat(operator.delete("reg-delete", "sales").code()).isEqualTo("CAMPAIGN_NOT_FOUND");
    assertThat(anybody.participate("reg-delete", "u1").status()).isEqualTo(404);
    // A topic of the same name that somebody else has made stays.
    Declared.topic("topic.reg-delete", 1);
    operator.put("reg-delete", body);
    assertThat(operator.delete("reg-delete", "sales").status()).isEqualTo(204);
    assertThat(Declared.LOG.listTopics().names().get()).contains("topic.reg-delete");
  }

  @Test
  void manyAtOnceMakeOneCampaign() throws Exception {
    var body = own("reg-race", 5, 1);
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> operator.put("reg-race", body));
    }

    var answers = atOnce(calls);

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(answers.stream().map(answer -> answer.json().get("id").asLong()).distinct())
        .hasSize(1);
    assertThat(actions("reg-race")).containsExactly("operator CAMPAIGN_CREATED");
  }

  @Test
  void twoOperatorsAndAnAdministratorLoseNoStock() throws Exception {
    var body = own("reg-grow", 100, 1);
    long id = operator.put("reg-grow", body).json().get("id").asLong();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      var grown = body.replace("\"totalStock\":100", "\"totalStock\":" + (100 + 10 * i));
      calls.add(() -> operator.put("reg-grow", grown));
      var patch = "{\"totalStock\":%d}".formatted(105 + 10 * i);
      calls.add(() -> admin.patch("/api/admin/campaigns/reg-grow", patch));
      calls.add(() -> {
        database
            .sql("UPDATE campaign SET remaining = remaining - 1 WHERE id = :id")
            .param("id", id)
            .update();
        return operator.get("reg-grow");
      });
    }

    assertThat(atOnce(calls))
        .allSatisfy(answer ->
            assertThat(answer.status() == 200 || answer.code().equals("CHANGE_REFUSED"))
                .as(answer.body())
                .isTrue());

    var row = operator.get("reg-grow").json();
    long total = row.get("totalStock").asLong();
    assertThat(row.get("sample").get("remaining").asLong()).isEqualTo(total - 10);
    // Every step of the growth is noted, and each one starts where the last one ended.
    var steps =
        database
            .sql(
                "SELECT CONCAT(stock_before, ' ', stock_after) FROM stock_change"
                    + " WHERE campaign_id = :id ORDER BY id")
            .param("id", id)
            .query(String.class)
            .list();
    long reached = 100;
    for (var step : steps) {
      assertThat(step).startsWith(reached + " ");
      reached = Long.parseLong(step.substring(step.indexOf(' ') + 1));
    }
    assertThat(reached).isEqualTo(total);
  }

  @Test
  void registrationsDuringADeletionLeaveAWholeCampaignOrNone() throws Exception {
    for (int round = 0; round < 5; round++) {
      var name = "reg-torn-" + round;
      var body = own(name, 5, 1);
      operator.put(name, body);
      List<Callable<Answer>> calls =
          List.of(
              () -> operator.put(name, body),
              () -> operator.delete(name, "sales"),
              () -> operator.put(name, body),
              () -> operator.delete(name, "sales"),
              () -> operator.put(name, body));

      assertThat(atOnce(calls))
          .allSatisfy(answer -> assertThat(answer.status()).as(answer.body()).isIn(200, 204, 404));

      long campaigns = count("campaign WHERE name = '" + name + "'");
      assertThat(count("topic WHERE name = 'topic." + name + "'")).isEqualTo(campaigns);
      assertThat(operator.get(name).status()).isEqualTo(campaigns == 1 ? 200 : 404);
    }
  }

  @Test
  void isNoPartOfThePublicDescription() {
    assertThat(anybody.get("/v3/api-docs").body()).doesNotContain("internal", "Registration");
  }

  private String own(String campaign, long stock, int partitions) throws Exception {
    var name = "topic." + campaign;
    return Declared.of(
        stock, Declared.ownTopic(name, Declared.topic(name, partitions), partitions));
  }

  private List<String> names(String namespace) {
    return StreamSupport.stream(operator.get("?namespace=" + namespace).json().spliterator(), false)
        .map(JsonNode::toString)
        .toList();
  }

  private List<String> actions(String campaign) {
    return database
        .sql(
            "SELECT CONCAT(actor, ' ', action) FROM audit_log WHERE campaign_name = :name"
                + " ORDER BY id DESC")
        .param("name", campaign)
        .query(String.class)
        .list();
  }

  private long count(String tableAndFilter) {
    return database.sql("SELECT COUNT(*) FROM " + tableAndFilter).query(Long.class).single();
  }

  private static List<Answer> atOnce(List<Callable<Answer>> calls) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream<Future<Answer>> answers = threads.invokeAll(calls).stream();
      return answers.map(Future::resultNow).toList();
    }
  }
}
