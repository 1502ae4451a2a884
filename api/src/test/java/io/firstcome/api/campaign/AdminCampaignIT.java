package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminCampaignIT {
  private static final String PATH = AdminCampaignController.PATH;
  private static final ApiServer SERVER = ApiServer.shared();
  private static final CampaignProbe probe = new CampaignProbe(SERVER);

  private final ApiClient api = probe.api;

  @AfterAll
  static void closeClients() {
    probe.log.close(Duration.ofSeconds(5));
  }

  @Test
  void createsACampaignWithATopicOfItsOwn() throws Exception {
    var answer =
        api.post(
            PATH,
            """
            {"name":"christmas-airpods","displayName":"크리스마스 에어팟","totalStock":50,
             "opensAt":"2026-12-24T20:00:00+09:00","closesAt":"2026-12-25T11:00:00Z",
             "repeatable":true,"soldOut":"Refuse","partitions":4,"timeZone":"Europe/Berlin"}
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(PATH + "/christmas-airpods");
    var json = answer.json();
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "displayName",
            "kind",
            "totalStock",
            "currentStock",
            "opensAt",
            "closesAt",
            "repeatable",
            "soldOut",
            "state",
            "partitions",
            "lane",
            "topic",
            "createdAt");
    assertThat(json.get("displayName").asString()).isEqualTo("크리스마스 에어팟");
    assertThat(json.get("kind").asString()).isEqualTo("FIRST_COME");
    assertThat(json.get("currentStock").asLong()).isEqualTo(50);
    assertThat(json.get("opensAt").asString()).isEqualTo("2026-12-24T11:00:00Z");
    assertThat(json.get("soldOut").asString()).isEqualTo("Refuse");
    assertThat(json.get("state").asString()).isEqualTo("SCHEDULED");
    assertThat(json.get("lane").isNull()).isTrue();
    assertThat(Instant.parse(json.get("createdAt").asString()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    // Read through another way in, the times are the same whatever zone this process is in.
    var byId = api.get(PATH + "/" + json.get("id").asLong());
    assertThat(byId.json()).isEqualTo(json);
    var seen = SERVER.bean(CampaignDirectory.class).find("christmas-airpods").orElseThrow();
    assertThat(seen.opensAt()).isEqualTo(Instant.parse("2026-12-24T11:00:00Z"));
    assertThat(seen.createdAt()).isEqualTo(Instant.parse(json.get("createdAt").asString()));

    var topic = probe.topic("firstcome.campaign.christmas-airpods", 4);
    assertThat(probe.count("campaign WHERE time_zone = 'Europe/Berlin'")).isEqualTo(1);
    assertThat(probe.uuidInDatabase("christmas-airpods")).isEqualTo(topic.topicId().toString());
    assertThat(probe.configuration("firstcome.campaign.christmas-airpods"))
        .containsEntry("message.timestamp.type", "LogAppendTime")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "604800000");
    assertThat(probe.actions("christmas-airpods")).containsExactly("CAMPAIGN_CREATED");
  }

  @Test
  void derivesANameFromOtherText() {
    var first = api.post(PATH, "{\"name\":\"Big Sale 2026!\",\"totalStock\":1}");
    var second = api.post(PATH, "{\"name\":\"Big Sale 2026!\",\"totalStock\":1}");

    assertThat(List.of(first.status(), second.status())).containsOnly(201);
    assertThat(first.json().get("displayName").asString()).isEqualTo("Big Sale 2026!");
    assertThat(first.json().get("name").asString()).matches("big-sale-2026-[a-z0-9]{6}");
    assertThat(first.json().get("name")).isNotEqualTo(second.json().get("name"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"totalStock":1}                                                | name
          {"name":" ","totalStock":1}                                     | name
          {"name":"bad"}                                                  | totalStock
          {"name":"bad","totalStock":0}                                   | totalStock
          {"name":"bad","totalStock":1000000000001}                       | totalStock
          {"name":"bad","totalStock":1,"kind":"RAFFLE"}                   | kind
          {"name":"bad","totalStock":1,"partitions":1001}                 | partitions
          {"name":"bad","totalStock":1,"partitions":1,"lane":"coupons"}   | partitions
          {"name":"bad","totalStock":1,"lane":"nowhere"}                  | lane
          {"name":"bad","totalStock":1,"opensAt":"2026-12-24T20:00:00"}   | opensAt
          {"name":"bad","totalStock":1,"soldOut":"REFUSE"}                | soldOut
          {"name":"bad","totalStock":1,"currentStock":1}                  | currentStock
          """)
  void namesTheOffendingField(String body, String field) {
    var answer = api.post(PATH, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
    assertThat(api.get(PATH + "/bad").status()).isEqualTo(404);
  }

  @Test
  void ofTwoCreatesAtOnceOneWins() throws Exception {
    Callable<Answer> create = () -> api.post(PATH, "{\"name\":\"at-once\",\"totalStock\":3}");
    var answers = CampaignProbe.atOnce(List.of(create, create, create, create));

    assertThat(answers.stream().filter(a -> a.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(a -> a.status() != 201))
        .hasSize(3)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("CAMPAIGN_EXISTS"));
    assertThat(probe.uuidInDatabase("at-once"))
        .isEqualTo(probe.topic("firstcome.campaign.at-once", 1).topicId().toString());
    assertThat(probe.actions("at-once")).containsExactly("CAMPAIGN_CREATED");
  }

  @Test
  void campaignsOfALaneShareItsTopicAndKeepOnePartition() throws Exception {
    Callable<Answer> a =
        () -> api.post(PATH, "{\"name\":\"lane-a\",\"totalStock\":1,\"lane\":\"coupons\"}");
    Callable<Answer> b =
        () -> api.post(PATH, "{\"name\":\"lane-b\",\"totalStock\":1,\"lane\":\"coupons\"}");
    for (var answer : CampaignProbe.atOnce(List.of(a, b))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
      assertThat(answer.json().get("topic").asString()).isEqualTo("firstcome.lane.coupons");
      assertThat(answer.json().get("lane").asString()).isEqualTo("coupons");
      assertThat(answer.json().get("partitions").asInt()).isEqualTo(4);
      var seen =
          SERVER
              .bean(CampaignDirectory.class)
              .find(answer.json().get("name").asString())
              .orElseThrow();
      assertThat(seen.lanePart()).isEqualTo((int) (seen.id() % 4));
    }
    probe.topic("firstcome.lane.coupons", 4);
    assertThat(api.patch(PATH + "/lane-a", "{\"partitions\":8}").code())
        .isEqualTo("CHANGE_REFUSED");

    assertThat(api.delete(PATH + "/lane-a").status()).isEqualTo(204);
    probe.topic("firstcome.lane.coupons", 4);
    assertThat(api.get(PATH + "/lane-b").status()).isEqualTo(200);
  }

  @Test
  void takesOverTheEmptyTopicThatACrashHasLeft() throws Exception {
    var name = "firstcome.campaign.after-crash";
    probe.log.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get();
    var uuid = probe.topic(name, 2).topicId().toString();

    var otherNumber = api.post(PATH, "{\"name\":\"after-crash\",\"totalStock\":1}");
    assertThat(otherNumber.code()).isEqualTo("CHANGE_REFUSED");
    assertThat(otherNumber.json().get("detail").asString()).contains("Ask for 2 partitions");

    var answer = api.post(PATH, "{\"name\":\"after-crash\",\"totalStock\":1,\"partitions\":2}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(probe.uuidInDatabase("after-crash")).isEqualTo(uuid);
    assertThat(probe.configuration(name)).containsEntry("message.timestamp.type", "LogAppendTime");
  }

  @Test
  void neverUsesATopicThatHoldsRecords() throws Exception {
    var name = "firstcome.campaign.foreign";
    probe.log.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    try (var producer =
        new KafkaProducer<>(CampaignProbe.KAFKA, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(name, "somebody else's")).get();
    }

    var answer = api.post(PATH, "{\"name\":\"foreign\",\"totalStock\":1}");

    assertThat(answer.code()).isEqualTo("CHANGE_REFUSED");
    assertThat(answer.json().get("detail").asString()).contains("Choose another name");
    probe.topic(name, 1);
    assertThat(api.get(PATH + "/foreign").status()).isEqualTo(404);
  }

  @Test
  void listsNewestFirstInPages() {
    probe.create("listed-1", 1);
    probe.create("listed-2", 1);

    var answer = api.get(PATH + "?size=2");

    assertThat(answer.json().get(0).get("name").asString()).isEqualTo("listed-2");
    assertThat(answer.json().get(1).get("name").asString()).isEqualTo("listed-1");
    assertThat(answer.header("X-Total-Count").map(Long::parseLong).orElseThrow())
        .isEqualTo(probe.count("campaign"));
    assertThat(api.get(PATH + "?page=1&size=1").json().get(0).get("name").asString())
        .isEqualTo("listed-1");
    assertThat(api.get(PATH + "?size=1001").status()).isEqualTo(400);
    assertThat(api.get(PATH + "?page=-1").status()).isEqualTo(400);
  }

  @Test
  void nobodyGetsInWithoutCredentials() {
    assertThat(SERVER.anybody().get(PATH).status()).isEqualTo(401);
    assertThat(SERVER.anybody().post(PATH, "{\"name\":\"x\",\"totalStock\":1}").status())
        .isEqualTo(401);
  }
}
