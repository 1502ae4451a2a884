package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.embedded.EmbeddedKafka;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody is away: Kafka, the operator itself, or sense in a resource. */
class AwayApiServerIT {
  private KubernetesClient client;
  private FakeApi api;
  private String namespace;

  @BeforeEach
  void start() throws Exception {
    client = KubeTests.client();
    KubeTests.define(client);
    namespace = KubeTests.newNamespace(client);
    api = new FakeApi();
  }

  @AfterEach
  void stop() throws Exception {
    KubeTests.define(client);
    api.close();
    client.close();
  }

  @Test
  void kafkaThatIsAwayIsWaitedForAndUndoesNothing(@TempDir Path folder) throws Exception {
    int port = unusedPort();
    try (var _ = new TestOperator(api, "127.0.0.1:" + port, Set.of(namespace))) {
      apply("early", "{stock: 5}");
      apply("lane", "{stock: 5, lane: coupons}");
      awaitReason("early", "TopicReady", "KafkaUnreachable");
      assertThat(condition("early", "TopicReady").status()).isEqualTo("Unknown");
      // Neither the CronJob nor other campaigns wait.
      assertThat(client.batch().v1().cronjobs().inNamespace(namespace).withName("early-statistics"))
          .extracting(found -> found.get())
          .isNotNull();
      awaitReason("lane", "Ready", "Provisioned");

      try (var _ = EmbeddedKafka.start(folder, port)) {
        Awaitility.await("the Deployment")
            .atMost(Duration.ofSeconds(60))
            .until(() -> deployment("early") != null);
        assertThat(condition("early", "TopicReady").status()).isEqualTo("True");
      }

      awaitReason("early", "TopicReady", "KafkaUnreachable");
      apply("early", "{stock: 6, topic: {partitions: 2}, consumer: {replicas: 2}}");
      KubeTests.await("the registration").until(() -> api.rows.get("early").totalStock() == 6);
      KubeTests.await("the consumers")
          .until(() -> deployment("early").getSpec().getReplicas() == 2);
      assertThat(api.rows.get("early").topic().partitions()).isEqualTo(1);
    }
  }

  @Test
  void whatKafkaRefusesIsToldOnceAndOthersGoOn() throws Exception {
    try (var _ = new TestOperator(api, TestServers.get().bootstrapServers(), Set.of(namespace))) {
      apply("copies", "{stock: 5, topic: {replicationFactor: 30}}");
      awaitReason("copies", "TopicReady", "KafkaRefused");
      assertThat(condition("copies", "Stalled").status()).isEqualTo("True");
      assertThat(condition("copies", "Registered").reason()).isEqualTo("WaitingForTopic");
      assertThat(condition("copies", "BatchScheduled").status()).isEqualTo("True");
      KubeTests.await("several tries").until(() -> api.looksAt("copies") > 5);
      var events =
          client.v1().events().inNamespace(namespace).list().getItems().stream()
              .filter(event -> event.getReason().equals("KafkaRefused"))
              .toList();
      assertThat(events).hasSize(1);
      assertThat(events.getFirst().getCount()).isEqualTo(1);
      assertThat(events.getFirst().getType()).isEqualTo("Warning");
    }
  }

  @Test
  void aDeletionThatNobodySawIsSeenLater() throws Exception {
    var kafka = TestServers.get().bootstrapServers();
    var name = "gone-" + namespace;
    try (var _ = new TestOperator(api, kafka, Set.of(namespace))) {
      apply(name, "{stock: 5}");
      KubeTests.await("the registration").until(() -> api.rows.containsKey(name));
    }
    campaigns(name).delete();
    assertThat(api.rows.get(name).released()).isFalse();
    try (var _ = new TestOperator(api, kafka, Set.of(namespace))) {
      KubeTests.await("the release").until(() -> api.rows.get(name).released());
    }
  }

  @Test
  void aResourceThatCannotBeReadDoesNotStopTheOthers() throws Exception {
    var loose = KubeTests.definition(client);
    var schema = loose.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    schema.setXKubernetesValidations(null);
    schema.getProperties().get("spec").getProperties().clear();
    schema.getProperties().get("spec").setXKubernetesValidations(null);
    schema.getProperties().get("spec").setXKubernetesPreserveUnknownFields(true);
    KubeTests.define(client, loose);
    var kafka = TestServers.get().bootstrapServers();
    KubeTests.await("the loose definition")
        .ignoreExceptions()
        .until(() -> {
          apply("strange", "{stock: many, opensAt: tomorrow, colours: [red]}");
          return true;
        });
    try (var operator = new TestOperator(api, kafka, Set.of(namespace))) {
      awaitReason("strange", "Registered", "SpecInvalid");
      assertThat(condition("strange", "Registered").message()).contains("tomorrow");
      var good = "good-" + namespace;
      apply(good, "{stock: 5}");
      KubeTests.await("the other one").until(() -> api.rows.containsKey(good));
      apply("strange", "{stock: 5, soldOut: Queue, topic: {name: strange." + namespace + "}}");
      awaitReason("strange", "Registered", "SpecInvalid");
      apply("strange", "{stock: 5, soldOut: Record, topic: {name: strange." + namespace + "}}");
      KubeTests.await("a good spec").until(() -> api.rows.containsKey("strange"));
      assertThat(operator.isHealthy()).isTrue();
    }
  }

  @Test
  void objectsOfAnOlderDefinitionLiveOn() throws Exception {
    var older = KubeTests.definition(client);
    var schema = older.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    schema.setXKubernetesValidations(null);
    schema.getProperties().get("spec").setXKubernetesValidations(null);
    schema.getProperties().get("spec").getProperties().remove("batch");
    KubeTests.define(client, older);
    // Longer than names may be now.
    var name = "old-%s-%s".formatted(namespace, "x".repeat(30));
    KubeTests.await("the older definition")
        .ignoreExceptions()
        .until(() -> {
          apply(name, "{stock: 5, topic: {name: old.%s}}".formatted(namespace));
          return true;
        });
    KubeTests.define(client);
    try (var _ = new TestOperator(api, TestServers.get().bootstrapServers(), Set.of(namespace))) {
      KubeTests.await("the registration").until(() -> api.rows.containsKey(name));
      KubeTests.await("the status")
          .until(() ->
              campaigns(name)
                  .get()
                  .getStatus()
                  .condition("TopicReady")
                  .get()
                  .status()
                  .equals("True"));
    }
    campaigns(name)
        .edit(found -> {
          found.getMetadata().setLabels(new java.util.HashMap<>(java.util.Map.of("a", "b")));
          return found;
        });
    assertThat(campaigns(name).get().getMetadata().getLabels()).containsEntry("a", "b");
  }

  private io.fabric8.kubernetes.client.dsl.Resource<Campaign> campaigns(String name) {
    return client.resources(Campaign.class).inNamespace(namespace).withName(name);
  }

  private Deployment deployment(String name) {
    return client.apps().deployments().inNamespace(namespace).withName(name + "-consumer").get();
  }

  private Condition condition(String name, String type) {
    return campaigns(name).get().getStatus().condition(type).orElseThrow();
  }

  private void awaitReason(String name, String type, String reason) {
    KubeTests.await(type + " " + reason)
        .untilAsserted(() ->
            assertThat(campaigns(name).get().getStatus().condition(type).map(Condition::reason))
                .contains(reason));
  }

  private void apply(String name, String spec) {
    var campaign =
        Serialization.unmarshal(
            """
            apiVersion: firstcome.io/v1
            kind: Campaign
            metadata: {name: %s, namespace: %s}
            spec: %s
            """
                .formatted(name, namespace, spec),
            GenericKubernetesResource.class);
    client.resource(campaign).fieldManager("person").forceConflicts().serverSideApply();
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
