package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application as it is in its image: settings, health, metrics, one leader, and its end. */
class OperatorProcessApiServerIT {
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
  void stop() {
    api.close();
    client.close();
  }

  @Test
  void oneLeadsAndTheOtherTakesOverWhenItEnds() throws Exception {
    try (var first = new OperatorProcess("first", namespace, settings())) {
      awaitHealthy(first);
      apply("one-" + namespace);
      KubeTests.await("its work").until(() -> api.rows.containsKey("one-" + namespace));
      assertThat(first.get("/actuator/health/liveness").status()).isEqualTo(200);
      Awaitility.await("the gauge")
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            var metrics = first.get("/actuator/prometheus").body();
            assertThat(metrics)
                .containsPattern("firstcome_campaigns\\{[^}]*ready=\"false\"[^}]*\\} 1")
                .contains("operator_sdk_")
                .doesNotContain("one-" + namespace);
          });
      assertThat(first.get("/actuator/env").status()).isEqualTo(404);

      try (var second = new OperatorProcess("second", namespace, settings())) {
        awaitHealthy(second);
        assertThat(holder()).isEqualTo("first");
        assertThat(first.endsWithin(15)).as("it ends when it is asked to").isTrue();
        apply("two-" + namespace);
        Awaitility.await("the takeover")
            .atMost(Duration.ofSeconds(40))
            .until(() -> api.rows.containsKey("two-" + namespace));
        assertThat(holder()).isEqualTo("second");
        assertThat(second.endsWithin(15)).isTrue();
      }
    }
  }

  @Test
  void whoeverLosesTheLeaseEnds() throws Exception {
    try (var operator = new OperatorProcess("loser", namespace, settings())) {
      awaitHealthy(operator);
      KubeTests.await("the lease").until(() -> "loser".equals(holder()));
      client
          .leases()
          .inNamespace(namespace)
          .withName("firstcome-operator")
          .edit(lease -> {
            lease.getSpec().setHolderIdentity("somebody-else");
            lease
                .getSpec()
                .setRenewTime(java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC).plusHours(1));
            return lease;
          });
      Awaitility.await("its end").atMost(Duration.ofSeconds(40)).until(() -> !operator.isAlive());
    }
  }

  @Test
  void whatAKilledOneHasLeftIsFinishedByTheNext() throws Exception {
    var name = "killed-" + namespace;
    var alone = settings().stream().filter(one -> !one.contains("lease")).toList();
    apply(name, "{stock: 5, topic: {deletionPolicy: Delete}}");
    killedIn("PUT", name, alone);
    try (var kafka = Admin.create(Map.of("bootstrap.servers", servers()))) {
      var topic = "firstcome.campaign." + name;
      var made = Topics.await(kafka, topic, 1).topicId().toString();
      try (var _ = new OperatorProcess("after-put", namespace, alone)) {
        Awaitility.await("the registration")
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.rows.containsKey(name));
        assertThat(api.rows.get(name).topic().id()).as("the same topic").isEqualTo(made);
        KubeTests.await("the status").until(() -> campaign(name).getStatus().campaignId() != null);
      }
      client.resources(Campaign.class).inNamespace(namespace).withName(name).delete();
      killedIn("DELETE", name, alone);
      assertThat(api.rows).containsKey(name);
      try (var _ = new OperatorProcess("after-delete", namespace, alone)) {
        Awaitility.await("the end")
            .atMost(Duration.ofSeconds(60))
            .until(() -> campaign(name) == null);
        assertThat(api.rows).doesNotContainKey(name);
        KubeTests.await("the topic's end")
            .until(() -> !kafka.listTopics().names().get().contains(topic));
      }
    }
  }

  /** Runs an operator until it waits for the api's answer to such a change, and kills it there. */
  private void killedIn(String method, String name, List<String> settings) throws Exception {
    var answer = new CountDownLatch(1);
    api.holds.put(method, answer);
    try (var victim = new OperatorProcess("killed-in-" + method, namespace, settings)) {
      Awaitility.await(method)
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.changes.contains(method + " " + name));
      assertThat(victim.isAlive()).isTrue();
    } finally {
      api.holds.remove(method);
      answer.countDown();
    }
  }

  private Campaign campaign(String name) {
    return client.resources(Campaign.class).inNamespace(namespace).withName(name).get();
  }

  private static String servers() {
    return TestServers.get().bootstrapServers();
  }

  private String holder() {
    var lease = client.leases().inNamespace(namespace).withName("firstcome-operator").get();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }

  private static void awaitHealthy(OperatorProcess operator) {
    Awaitility.await("its health")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> operator.get("/actuator/health/readiness").status() == 200);
  }

  private List<String> settings() {
    return List.of(
        "--firstcome.operator.api=" + api.address(),
        "--firstcome.operator.lease=firstcome-operator",
        "--firstcome.operator.consumer.image=c:1",
        "--firstcome.operator.batch.image=b:1",
        "--spring.kafka.bootstrap-servers=" + servers());
  }

  private void apply(String name) {
    apply(name, "{stock: 5}");
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
    client.resource(campaign).create();
  }
}
