package io.firstcome.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firstcome.api.ApiServer;
import io.firstcome.api.registration.Declared;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import io.firstcome.testing.KubeApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Administrators' campaigns as resources, with a stand-in for the operator. */
class ClusterApiServerIT {
  private static final String PATH = "/api/admin/campaigns";

  private static TestCluster cluster;
  private static ApiServer server;
  private static StandInOperator operator;

  private final ApiClient api = server.admin();
  private final JdbcClient database = server.database();

  @BeforeAll
  static void start() {
    cluster = new TestCluster("campaigns");
    // Who waits must not hold one of the two.
    server = cluster.startApi("spring.datasource.hikari.maximum-pool-size=2");
    operator = new StandInOperator(cluster, server);
  }

  @AfterAll
  static void stop() {
    operator.close();
    server.close();
    cluster.close();
  }

  @Test
  void theRoleIsAllThatItHas() {
    try (var asApi = cluster.asApi()) {
      assertThat(asApi.batch().v1().jobs().inNamespace(cluster.namespace).withName("x").get())
          .isNull();
      assertThatThrownBy(() -> asApi.batch().v1().jobs().inNamespace(cluster.namespace).list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
  }

  @Test
  void aNewCampaignIsAResourceThatTheOperatorRegisters() {
    var answer =
        api.post(
            PATH,
            """
            {"name":"airpods","displayName":"에어팟","totalStock":50,"partitions":4,\
            "opensAt":"2020-01-01T09:00+09:00","closesAt":"2040-01-01T00:00:00Z",\
            "timeZone":"UTC","repeatable":true,"soldOut":"Refuse"}\
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(PATH + "/airpods");
    assertThat(answer.json()).isEqualTo(api.get(PATH + "/airpods").json());
    assertThat(answer.json().get("partitions").asInt()).isEqualTo(4);
    assertThat(cluster.campaign("airpods").<Map<String, Object>>get("spec"))
        .containsEntry("displayName", "에어팟")
        .containsEntry("stock", 50)
        .containsEntry("opensAt", "2020-01-01T00:00:00Z")
        .containsEntry("closesAt", "2040-01-01T00:00:00Z")
        .containsEntry("repeatable", true)
        .containsEntry("soldOut", "Refuse")
        .containsKeys("topic", "batch")
        .doesNotContainKey("lane");
    assertThat(cluster.campaign("airpods").<Integer>get("spec", "topic", "partitions"))
        .isEqualTo(4);
    assertThat(cluster.campaign("airpods").<String>get("spec", "batch", "timeZone"))
        .isEqualTo("UTC");
    assertThat(server.anybody().participate("airpods", "u1").status()).isEqualTo(202);
    assertThat(actions("airpods"))
        .containsExactlyInAnyOrder("admin CAMPAIGN_CREATED", "operator CAMPAIGN_CREATED");
  }

  @Test
  void whatIsNotSaidIsLeftToTheResource() {
    assertThat(api.post(PATH, "{\"name\":\"plain\",\"totalStock\":1}").status()).isEqualTo(201);
    assertThat(cluster.campaign("plain").<Map<String, Object>>get("spec"))
        .doesNotContainKeys("topic", "lane", "opensAt", "closesAt");
    assertThat(cluster.campaign("plain").<String>get("spec", "batch", "timeZone")).isNull();
    var lane = api.post(PATH, "{\"name\":\"on-lane\",\"totalStock\":1,\"lane\":\"coupons\"}");
    assertThat(lane.status()).as(lane.body()).isEqualTo(201);
    assertThat(lane.json().get("lane").asString()).isEqualTo("coupons");
    assertThat(cluster.campaign("on-lane").<Map<String, Object>>get("spec"))
        .doesNotContainKey("topic");
  }

  @Test
  void anyTextBecomesADerivedName() {
    var answer = api.post(PATH, "{\"name\":\"Summer Sale!\",\"totalStock\":1}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var name = answer.json().get("name").asString();
    assertThat(name).startsWith("summer-sale-");
    assertThat(cluster.campaign(name).<String>get("spec", "displayName")).isEqualTo("Summer Sale!");
  }

  @Test
  void refusesTakenNamesAndMalformedFieldsAsEverywhere() {
    create("taken", 1);
    var again = api.post(PATH, "{\"name\":\"taken\",\"totalStock\":1}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("CAMPAIGN_EXISTS");
    assertThat(api.post(PATH, "{\"name\":\"x\",\"totalStock\":0}").json().get("field").asString())
        .isEqualTo("totalStock");
    assertThat(cluster.campaign("x")).isNull();
  }

  @Test
  void changesAreWrittenIntoTheResource() {
    create("change", 5);
    cluster
        .campaigns()
        .withName("change")
        .edit(it -> with(it, "consumer", Map.of("replicas", 1, "allowIdle", true)));

    var answer =
        api.patch(
            PATH + "/change",
            """
            {"displayName":"새 이름","totalStock":9,"opensAt":"2030-01-01T00:00:00.5Z",\
            "closesAt":"2040-01-01T00:00:00Z","repeatable":true,"soldOut":"Refuse",\
            "partitions":3}\
            """);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("displayName").asString()).isEqualTo("새 이름");
    assertThat(answer.json().get("totalStock").asLong()).isEqualTo(9);
    assertThat(answer.json().get("opensAt").asString()).isEqualTo("2030-01-01T00:00:00.500Z");
    assertThat(answer.json().get("partitions").asInt()).isEqualTo(3);
    assertThat(answer.json().get("state").asString()).isEqualTo("SCHEDULED");
    var spec = cluster.campaign("change").<Map<String, Object>>get("spec");
    assertThat(spec).containsEntry("stock", 9).containsEntry("soldOut", "Refuse");
    assertThat(cluster.campaign("change").<Boolean>get("spec", "consumer", "allowIdle"))
        .as("what was not changed stays")
        .isTrue();

    var cleared = api.patch(PATH + "/change", "{\"opensAt\":null}");
    assertThat(cleared.json().get("opensAt").isNull()).isTrue();
    assertThat(cleared.json().get("state").asString()).isEqualTo("OPEN");
    assertThat(cluster.campaign("change").<Map<String, Object>>get("spec"))
        .doesNotContainKey("opensAt");

    assertThat(api.patch(PATH + "/change", "{\"totalStock\":8}").code())
        .isEqualTo("CHANGE_REFUSED");
    assertThat(api.patch(PATH + "/change", "{\"partitions\":2}").code())
        .isEqualTo("CHANGE_REFUSED");
    assertThat(actions("change")).contains("admin CAMPAIGN_CHANGED", "operator CAMPAIGN_CHANGED");
  }

  private static GenericKubernetesResource with(
      GenericKubernetesResource it, String field, Object value) {
    it.<Map<String, Object>>get("spec").put(field, value);
    return it;
  }

  @Test
  void aPauseIsInTheResourceAndAClosingInTheRow() {
    create("modes", 5);
    var path = PATH + "/modes";

    assertThat(state(api.post(path + "/pause", "{\"why\":\"fire\"}"))).isEqualTo("PAUSED");
    assertThat(cluster.campaign("modes").<Boolean>get("spec", "paused")).isTrue();
    assertThat(server.anybody().participate("modes", "u1").code()).isEqualTo("CAMPAIGN_PAUSED");
    assertThat(state(api.post(path + "/pause"))).isEqualTo("PAUSED");
    assertThat(state(api.post(path + "/resume"))).isEqualTo("OPEN");
    assertThat(cluster.campaign("modes").<Boolean>get("spec", "paused")).isFalse();
    assertThat(server.anybody().participate("modes", "u1").status()).isEqualTo(202);
    assertThat(state(api.post(path + "/close"))).isEqualTo("CLOSED");
    assertThat(api.post(path + "/resume").code()).isEqualTo("CHANGE_REFUSED");
    assertThat(api.get("/api/admin/audit-log?campaign=modes").body()).contains("\"why\":\"fire\"");
    assertThat(actions("modes"))
        .contains("admin CAMPAIGN_PAUSED", "admin CAMPAIGN_RESUMED", "admin CAMPAIGN_CLOSED");
  }

  @Test
  void theApiServersOwnWordsComeThrough() {
    create("policy", 5);
    // More than the row knows: the operator sleeps.
    operator.sleep();
    try {
      cluster.campaigns().withName("policy").edit(it -> with(it, "stock", 100));
      var shrunk = api.patch(PATH + "/policy", "{\"totalStock\":50}");
      assertThat(shrunk.status()).as(shrunk.body()).isEqualTo(400);
      assertThat(shrunk.code()).isEqualTo("REQUEST_MALFORMED");
      assertThat(shrunk.json().get("detail").asString())
          .contains("spec.stock can only grow", "keep at least 100")
          .doesNotContain("io.fabric8", "Failure executing", "https://");
      var sameName =
          api.post(
              PATH, "{\"name\":\"%s\",\"totalStock\":1}".formatted(withoutRow("resource-only")));
      assertThat(sameName.code()).isEqualTo("CAMPAIGN_EXISTS");
    } finally {
      operator.wakeUp();
    }
  }

  private static String withoutRow(String name) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("firstcome.io/v1");
    resource.setKind("Campaign");
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setAdditionalProperty("spec", Map.of("stock", 1));
    cluster.campaigns().resource(resource).create();
    return name;
  }

  @Test
  void whoWaitsTooLongHearsWhereToLookAndHoldsNothing() throws Exception {
    create("slow-change", 5);
    operator.sleep();
    try {
      List<CompletableFuture<Answer>> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        var body = "{\"name\":\"slow-%d\",\"totalStock\":1}".formatted(i);
        waiting.add(
            CompletableFuture.supplyAsync(() -> api.post(PATH, body), Thread::startVirtualThread));
      }
      waiting.add(
          CompletableFuture.supplyAsync(
              () -> api.post(PATH + "/slow-change/pause"), Thread::startVirtualThread));
      Awaitility.await().until(() -> cluster.campaign("slow-3") != null);
      say("slow-0", "Kafka is on holiday");
      // With two connections in all, and five who wait.
      for (int i = 0; i < 10; i++) {
        long started = System.nanoTime();
        assertThat(api.get(PATH).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
      }

      var first = waiting.getFirst().get();
      assertThat(first.status()).as(first.body()).isEqualTo(503);
      assertThat(first.code()).isEqualTo("SERVICE_UNAVAILABLE");
      assertThat(first.json().get("detail").asString())
          .contains(
              "The Campaign slow-0 is stored, but not registered after 30 s.",
              "The operator says: Kafka is on holiday.",
              "kubectl describe campaign slow-0 -n campaigns");
      assertThat(waiting.get(1).get().json().get("detail").asString())
          .contains("waiting for the operator");
      assertThat(waiting.getLast().get().json().get("detail").asString())
          .contains("The Campaign slow-change is changed, but not registered as it is now");
      assertThat(actions("slow-0")).containsExactly("admin CAMPAIGN_CREATED");
    } finally {
      operator.wakeUp();
    }
    Awaitility.await().until(() -> api.get(PATH + "/slow-0").status() == 200);
  }

  private static void say(String name, String message) {
    cluster
        .campaigns()
        .withName(name)
        .editStatus(it -> {
          it.setAdditionalProperty(
              "status",
              Map.of(
                  "conditions",
                  List.of(
                      Map.of(
                          "type", "Stalled",
                          "status", "True",
                          "reason", "KafkaUnreachable",
                          "message", message,
                          "lastTransitionTime", "2026-01-01T00:00:00Z"))));
          return it;
        });
  }

  @Test
  void aDeletionTakesTheResourceTheRowsAndTheTopic() throws Exception {
    create("delete-retain", 5);
    create("delete-all", 5);
    cluster
        .campaigns()
        .withName("delete-all")
        .edit(it -> {
          it.getMetadata().setFinalizers(new ArrayList<>(List.of("firstcome.io/topic")));
          return it;
        });
    for (var name : List.of("delete-retain", "delete-all")) {
      assertThat(api.delete(PATH + "/" + name).status()).as(name).isEqualTo(204);
      assertThat(cluster.campaign(name)).isNull();
      assertThat(api.get(PATH + "/" + name).status()).isEqualTo(404);
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(Declared.LOG.listTopics().names().get())
                  .doesNotContain("firstcome.campaign." + name));
      assertThat(actions(name)).contains("admin CAMPAIGN_DELETION_STARTED");
    }
    assertThat(actions("delete-retain")).contains("admin CAMPAIGN_DELETED");
  }

  @Test
  void ofADeletedResourceTheHistoryIsKeptUntilAPersonDeletesIt() {
    create("kept", 5);
    var _ = cluster.campaigns().withName("kept").delete();
    Awaitility.await()
        .until(() -> server.anybody().participate("kept", "u1").code().equals("CAMPAIGN_PAUSED"));

    assertThat(api.post(PATH + "/kept/resume").code()).isEqualTo("CHANGE_REFUSED");
    var change = api.patch(PATH + "/kept", "{\"totalStock\":9}");
    assertThat(change.code()).isEqualTo("CHANGE_REFUSED");
    assertThat(change.json().get("detail").asString()).contains("only its history is kept");
    var again = api.post(PATH, "{\"name\":\"kept\",\"totalStock\":1}");
    assertThat(again.code()).isEqualTo("CAMPAIGN_EXISTS");
    assertThat(again.json().get("detail").asString()).contains("has the history of a campaign");
    assertThat(cluster.campaign("kept")).isNull();
    assertThat(api.delete(PATH + "/kept").status()).isEqualTo(204);
    assertThat(api.get(PATH + "/kept").status()).isEqualTo(404);
  }

  @Test
  void campaignsFromBeforeTheClusterStayAsTheyAre() {
    try (var without =
        ApiServer.start(
            "spring.datasource.url="
                + server.bean(Environment.class).getRequiredProperty("spring.datasource.url"))) {
      assertThat(without.admin().post(PATH, "{\"name\":\"before\",\"totalStock\":5}").status())
          .isEqualTo(201);
    }
    var patched = api.patch(PATH + "/before", "{\"totalStock\":6,\"partitions\":2}");
    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    assertThat(state(api.post(PATH + "/before/pause"))).isEqualTo("PAUSED");
    assertThat(cluster.campaign("before")).isNull();
    assertThat(api.delete(PATH + "/before").status()).isEqualTo(204);
  }

  @Test
  void withoutTheApiServerEverythingElseGoesOn() throws IOException {
    var database = server.bean(Environment.class).getRequiredProperty("spring.datasource.url");
    create("goes-on", 5);
    // One that refuses connections, and one that takes them and says nothing.
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (var address :
          List.of("https://127.0.0.1:1", "https://127.0.0.1:" + silent.getLocalPort())) {
        try (var away =
            cluster.startApiWith(address, cluster.namespace, "spring.datasource.url=" + database)) {
          assertUnavailable(() -> away.admin().post(PATH, "{\"name\":\"away\",\"totalStock\":1}"));
          assertUnavailable(() -> away.admin().patch(PATH + "/goes-on", "{\"totalStock\":9}"));
          assertUnavailable(() -> away.admin().post(PATH + "/goes-on/pause"));
          assertUnavailable(() -> away.admin().delete(PATH + "/goes-on"));
          assertThat(away.anybody().participate("goes-on", "u1").status()).isEqualTo(202);
          assertThat(away.admin().get(PATH + "/goes-on").json().get("state").asString())
              .isEqualTo("OPEN");
        }
      }
    }
    assertThat(actions("away")).isEmpty();
    assertThat(state(api.post(PATH + "/goes-on/close"))).isEqualTo("CLOSED");
  }

  private static void assertUnavailable(Supplier<Answer> call) {
    long started = System.nanoTime();
    var answer = call.get();
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).contains("5");
    assertThat(answer.json().get("detail").asString())
        .startsWith("The Kubernetes API server did not ")
        .doesNotContain("127.0.0.1", "Exception");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void whereItMayDoNothingItSaysSo() {
    try (var elsewhere = cluster.startApiWith(KubeApiServer.get().address(), "default")) {
      var answer = elsewhere.admin().post(PATH, "{\"name\":\"there\",\"totalStock\":1}");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().get("detail").asString())
          .startsWith("Kubernetes does not let this api store the Campaign there: ")
          .contains("cannot create resource \"campaigns\"");
    }
  }

  private void create(String name, long stock) {
    var answer = api.post(PATH, "{\"name\":\"%s\",\"totalStock\":%d}".formatted(name, stock));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private static String state(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode campaign = answer.json();
    return campaign.get("state").asString();
  }

  private List<String> actions(String campaign) {
    return database
        .sql("SELECT CONCAT(actor, ' ', action) FROM audit_log WHERE campaign_name = :name")
        .param("name", campaign)
        .query(String.class)
        .list();
  }
}
