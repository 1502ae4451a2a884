package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.testing.TestServers;
import java.time.Duration;
import java.util.List;
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
        "--spring.kafka.bootstrap-servers=" + TestServers.get().bootstrapServers());
  }

  private void apply(String name) {
    var campaign =
        Serialization.unmarshal(
            """
            apiVersion: firstcome.io/v1
            kind: Campaign
            metadata: {name: %s, namespace: %s}
            spec: {stock: 5}
            """
                .formatted(name, namespace),
            GenericKubernetesResource.class);
    client.resource(campaign).create();
  }
}
