package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.testing.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The operator on a real API server and a real Kafka; the api is the only part that is played. */
abstract class CampaignsOnApiServer {
  static KubernetesClient client;
  static FakeApi api;
  static TestOperator operator;
  static Admin kafka;
  static String namespace;
  static String other;

  final String name = "c" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() throws Exception {
    client = KubeTests.client();
    KubeTests.define(client);
    namespace = KubeTests.newNamespace(client);
    other = KubeTests.newNamespace(client);
    api = new FakeApi();
    var bootstrap = TestServers.get().bootstrapServers();
    kafka = Admin.create(Map.of("bootstrap.servers", bootstrap));
    operator = new TestOperator(api, bootstrap, Set.of(namespace, other));
  }

  @AfterAll
  static void stop() {
    operator.close();
    api.close();
    kafka.close();
    client.close();
  }

  void applyAndAwaitReady(String spec) {
    apply(spec);
    KubeTests.await("the consumers' Deployment").until(() -> deployment() != null);
    consumersAreReady(deployment().getSpec().getReplicas());
    awaitReady();
  }

  void apply(String spec) {
    apply(namespace, name, spec);
  }

  static void apply(String namespace, String name, String spec) {
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

  void consumersAreReady(int replicas) {
    consumersAre(status ->
        status
            .withReplicas(replicas)
            .withUpdatedReplicas(replicas)
            .withReadyReplicas(replicas)
            .withAvailableReplicas(replicas));
  }

  /** What the controller of Deployments would say, which does not run here. */
  void consumersAre(UnaryOperator<DeploymentStatusBuilder> said) {
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name + "-consumer")
        .editStatus(found -> {
          var status =
              new DeploymentStatusBuilder()
                  .withObservedGeneration(found.getMetadata().getGeneration());
          found.setStatus(said.apply(status).build());
          return found;
        });
  }

  void awaitReady() {
    KubeTests.await("Ready of " + name)
        .untilAsserted(() -> {
          var campaign = campaign();
          var ready = campaign.getStatus().condition("Ready").orElseThrow();
          assertThat(ready.status()).as("%s", campaign.getStatus()).isEqualTo("True");
          assertThat(ready.observedGeneration()).isEqualTo(campaign.getMetadata().getGeneration());
        });
  }

  void awaitReason(String type, String reason) {
    awaitReason(namespace, name, type, reason);
  }

  static void awaitReason(String namespace, String name, String type, String reason) {
    KubeTests.await(type + " " + reason)
        .untilAsserted(() -> {
          var status = campaign(namespace, name).getStatus();
          assertThat(status.condition(type).map(Condition::reason))
              .as("%s", status)
              .contains(reason);
        });
  }

  Condition condition(String type) {
    return campaign().getStatus().condition(type).orElseThrow();
  }

  Campaign campaign() {
    return campaign(namespace, name);
  }

  static Campaign campaign(String namespace, String name) {
    return client.resources(Campaign.class).inNamespace(namespace).withName(name).get();
  }

  Deployment deployment() {
    return client.apps().deployments().inNamespace(namespace).withName(name + "-consumer").get();
  }

  List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  String config(String key) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, "firstcome.campaign." + name);
    return kafka
        .describeConfigs(List.of(resource))
        .all()
        .get(10, TimeUnit.SECONDS)
        .get(resource)
        .get(key)
        .value();
  }

  Map<String, String> versions() {
    var versions = new HashMap<String, String>();
    children()
        .forEach(one ->
            versions.put(
                one.getKind() + one.getMetadata().getName(),
                one.getMetadata().getResourceVersion()));
    versions.put("Campaign", campaign().getMetadata().getResourceVersion());
    assertThat(versions).hasSize(4);
    return versions;
  }

  List<String> uids() {
    return children().stream().map(one -> one.getMetadata().getUid()).toList();
  }

  List<io.fabric8.kubernetes.api.model.HasMetadata> children() {
    return java.util.stream.Stream.<io.fabric8.kubernetes.api.model.HasMetadata>of(
            deployment(),
            client
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(name + "-statistics")
                .get(),
            client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withName(name + "-consumer")
                .get())
        .filter(Objects::nonNull)
        .toList();
  }
}
