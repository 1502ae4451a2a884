package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.firstcome.operator.act.Actuator;
import org.slf4j.LoggerFactory;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator on a real API server and a real Kafka; the api is the only part that is played. */
class CampaignApiServerIT {
  private static KubernetesClient client;
  private static FakeApi api;
  private static TestOperator operator;
  private static Admin kafka;
  private static String namespace;
  private static String other;

  private final String name = "c" + UUID.randomUUID().toString().substring(0, 8);

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

  @Test
  void everythingIsMadeAndTheStatusSaysSo() throws Exception {
    apply("{stock: 50, displayName: 에어팟, topic: {partitions: 2}, consumer: {replicas: 2}}");
    awaitReason("ConsumersReady", "RolloutInProgress");
    consumersAreReady(2);
    awaitReady();

    var campaign = campaign();
    var status = campaign.getStatus();
    var topic = Topics.await(kafka, "firstcome.campaign." + name, 2);
    assertThat(status.topic())
        .isEqualTo(new CampaignStatus.Topic(topic.name(), topic.topicId().toString(), 2));
    assertThat(status.campaignId()).isEqualTo(api.rows.get(name).id());
    assertThat(status.phase()).isEqualTo(CampaignStatus.Phase.OPEN);
    assertThat(status.consumer().ready()).isEqualTo("2/2");
    assertThat(status.stock().remaining()).isEqualTo(50);
    assertThat(status.observedGeneration()).isEqualTo(campaign.getMetadata().getGeneration());
    assertThat(status.conditions())
        .extracting(Condition::type)
        .containsExactly(
            "Ready", "TopicReady", "Registered", "ConsumersReady", "BatchScheduled");
    assertThat(status.conditions())
        .allSatisfy(one -> {
          assertThat(one.status()).isEqualTo("True");
          assertThat(one.observedGeneration()).isEqualTo(status.observedGeneration());
        });
    assertThat(api.rows.get(name).displayName()).isEqualTo("에어팟");
    assertThat(api.rows.get(name).timeZone()).isEqualTo("Asia/Seoul");
    assertThat(config("message.timestamp.type")).isEqualTo("LogAppendTime");
    assertThat(config("retention.ms")).isEqualTo("604800000");
    assertThat(events()).contains("TopicCreated", "Ready").doesNotContain("SpecInvalid");
    assertThat(operator.isHealthy()).isTrue();
  }

  @Test
  void anotherLookChangesNothing() throws Exception {
    applyAndAwaitReady("{stock: 5, batch: {timeZone: Asia/Tokyo}}");
    var before = versions();
    int changes = api.changesOf(name).size();
    int passes = api.looksAt(name);
    var applied = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger(Actuator.class);
    applied.start();
    log.addAppender(applied);
    try {
      KubeTests.await("five passes").until(() -> api.looksAt(name) > passes + 5);
    } finally {
      log.detachAppender(applied);
    }
    assertThat(versions()).isEqualTo(before);
    assertThat(api.changesOf(name)).hasSize(changes);
    assertThat(applied.list).extracting(ILoggingEvent::getFormattedMessage).filteredOn(one -> one.contains(name)).isEmpty();
  }

  @Test
  void figuresOfTheApiAreShown() {
    applyAndAwaitReady("{stock: 50}");
    api.decided(name, 38, 1245, 7L);
    KubeTests.await("the figures")
        .untilAsserted(() -> {
          var stock = campaign().getStatus().stock();
          assertThat(List.of(stock.total(), stock.remaining(), stock.succeeded(), stock.failed()))
              .containsExactly(50L, 12L, 38L, 1245L);
          assertThat(stock.lag()).isEqualTo(7);
        });
  }

  @Test
  void whatIsChangedOrDeletedByHandIsRestored() {
    applyAndAwaitReady("{stock: 5, topic: {partitions: 3}, consumer: {replicas: 2}}");
    var deployments = client.apps().deployments().inNamespace(namespace);
    deployments.withName(name + "-consumer").edit(found -> {
      found.getSpec().setReplicas(1);
      found.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("other:2");
      found.getMetadata().getLabels().remove("app.kubernetes.io/managed-by");
      return found;
    });
    KubeTests.await("the Deployment as it was")
        .untilAsserted(() -> {
          var found = deployments.withName(name + "-consumer").get();
          assertThat(found.getSpec().getReplicas()).isEqualTo(2);
          assertThat(found.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
              .isEqualTo("firstcome/consumer:1");
          assertThat(found.getMetadata().getLabels())
              .containsEntry("app.kubernetes.io/managed-by", "firstcome-operator");
        });
    var uids = uids();
    deployments.withName(name + "-consumer").delete();
    client.batch().v1().cronjobs().inNamespace(namespace).withName(name + "-statistics").delete();
    client
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace(namespace)
        .withName(name + "-consumer")
        .delete();
    KubeTests.await("new ones")
        .untilAsserted(() ->
            assertThat(uids()).hasSize(3).doesNotContainAnyElementsOf(uids));
  }

  @Test
  void aTopicGrowsAndIsSetAgain() throws Exception {
    applyAndAwaitReady("{stock: 5}");
    apply("{stock: 6, topic: {partitions: 4, config: {retention.ms: '3600000'}}}");
    Topics.await(kafka, "firstcome.campaign." + name, 4);
    KubeTests.await("its registration")
        .until(() -> api.rows.get(name).topic().partitions() == 4);
    KubeTests.await("its configuration").until(() -> "3600000".equals(config("retention.ms")));
    KubeTests.await("the stock").until(() -> api.rows.get(name).totalStock() == 6);
    KubeTests.await("events").until(() -> events().contains("PartitionsGrown"));

    var resource = new ConfigResource(ConfigResource.Type.TOPIC, "firstcome.campaign." + name);
    var drift = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
    kafka
        .incrementalAlterConfigs(Map.of(resource, List.of(drift)))
        .all()
        .get(10, TimeUnit.SECONDS);
    KubeTests.await("its configuration").until(() -> "3600000".equals(config("retention.ms")));
  }

  @Test
  void aTopicThatWasMadeAgainIsNotTakenForTheOldOne() throws Exception {
    applyAndAwaitReady("{stock: 5}");
    var topic = "firstcome.campaign." + name;
    kafka.deleteTopics(List.of(topic)).all().get(10, TimeUnit.SECONDS);
    awaitReason("TopicReady", "TopicRecreated");
    assertThat(condition("Stalled").status()).isEqualTo("True");
    kafka
        .createTopics(
            List.of(new org.apache.kafka.clients.admin.NewTopic(topic, 1, (short) 1)))
        .all()
        .get(10, TimeUnit.SECONDS);
    Topics.await(kafka, topic, 1);
    TimeUnit.SECONDS.sleep(2);
    assertThat(condition("TopicReady").reason()).isEqualTo("TopicRecreated");
    assertThat(client.apps().deployments().inNamespace(namespace).withName(name + "-consumer").get())
        .as("consumers stay")
        .isNotNull();
  }

  @Test
  void ofTwoOnOneTopicTheOlderWins() {
    applyAndAwaitReady("{stock: 5, topic: {name: shared." + name + "}}");
    var younger = name + "-b";
    apply(namespace, younger, "{stock: 5, topic: {name: shared." + name + "}}");
    awaitReason(namespace, younger, "TopicReady", "TopicConflict");
    assertThat(campaign(namespace, younger).getStatus().condition("TopicReady").get().message())
        .contains(namespace + "/" + name);
    assertThat(api.rows).doesNotContainKey(younger);
  }

  @Test
  void aNameOfAnotherNamespaceIsTaken() {
    applyAndAwaitReady("{stock: 5}");
    apply(other, name, "{stock: 5, topic: {deletionPolicy: Delete}}");
    awaitReason(other, name, "Registered", "NameTaken");
    client.resources(Campaign.class).inNamespace(other).withName(name).delete();
    KubeTests.await("its deletion").until(() -> campaign(other, name) == null);
    assertThat(api.rows).containsKey(name);
    assertThat(Topics.await(kafka, "firstcome.campaign." + name, 1)).isNotNull();
  }

  @Test
  void aRefusalOfTheApiIsToldAndTheOldStays() {
    applyAndAwaitReady("{stock: 5}");
    api.refusals.put(name, new String[] {"CHANGE_REFUSED", "Somebody has taken part already."});
    apply("{stock: 5, repeatable: true}");
    awaitReason("Registered", "SpecInvalid");
    assertThat(condition("Registered").message()).contains("Somebody has taken part already.");
    assertThat(condition("Ready").status()).isEqualTo("False");
    assertThat(condition("Stalled").status()).isEqualTo("True");
    assertThat(api.rows.get(name).repeatable()).isFalse();
    KubeTests.await("an event").until(() -> events().contains("SpecInvalid"));
    api.refusals.clear();
    awaitReady();
    assertThat(campaign().getStatus().condition("Stalled")).isEmpty();
  }

  @Test
  void pausedCampaignsKeepTheirConsumers() {
    applyAndAwaitReady("{stock: 5}");
    apply("{stock: 5, paused: true}");
    KubeTests.await("the registration").until(() -> api.rows.get(name).paused());
    KubeTests.await("the condition")
        .until(() -> campaign().getStatus().condition("Paused").isPresent());
    awaitReady();
    var cronJobs = client.batch().v1().cronjobs().inNamespace(namespace);
    assertThat(cronJobs.withName(name + "-statistics").get().getSpec().getSuspend()).isTrue();
    assertThat(deployment().getSpec().getReplicas()).isEqualTo(1);
  }

  @Test
  void aCampaignOnALaneHasNeitherTopicNorConsumers() {
    apply("{stock: 5, lane: coupons}");
    awaitReady();
    assertThat(condition("TopicReady").reason()).isEqualTo("OnLane");
    assertThat(api.rows.get(name).lane()).isEqualTo("coupons");
    assertThat(deployment()).isNull();
    assertThat(
            client.batch().v1().cronjobs().inNamespace(namespace).withName(name + "-statistics").get())
        .isNotNull();
  }

  @Test
  void aScheduleThatKubernetesRefusesIsTold() {
    applyAndAwaitReady("{stock: 5, batch: {schedule: 0 3 * * *}}");
    apply("{stock: 5, batch: {schedule: 99 2 * * *}}");
    awaitReason("BatchScheduled", "InvalidSchedule");
    var cronJobs = client.batch().v1().cronjobs().inNamespace(namespace);
    assertThat(cronJobs.withName(name + "-statistics").get().getSpec().getSchedule())
        .isEqualTo("0 3 * * *");
    apply("{stock: 5, batch: {schedule: 0 4 * * *}}");
    awaitReady();
  }

  @Test
  void consumersThatDoNotStartAreTold() {
    apply("{stock: 5}");
    awaitReason("ConsumersReady", "RolloutInProgress");
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name + "-consumer")
        .editStatus(found -> {
          found.setStatus(
              new DeploymentStatusBuilder()
                  .withObservedGeneration(found.getMetadata().getGeneration())
                  .withReplicas(1)
                  .withUpdatedReplicas(1)
                  .addNewCondition()
                  .withType("Progressing")
                  .withStatus("False")
                  .withReason("ProgressDeadlineExceeded")
                  .endCondition()
                  .build());
          return found;
        });
    awaitReason("ConsumersReady", "ProgressDeadlineExceeded");
    assertThat(condition("Stalled").reason()).isEqualTo("ProgressDeadlineExceeded");
    consumersAreReady(1);
    awaitReady();
  }

  @Test
  void anObjectOfSomebodyElseIsNotTouched() {
    var foreign =
        Serialization.unmarshal(
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: %s-statistics, namespace: %s}
            spec:
              schedule: 0 9 * * *
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}
            """
                .formatted(name, namespace),
            io.fabric8.kubernetes.api.model.batch.v1.CronJob.class);
    client.resource(foreign).create();
    apply("{stock: 5}");
    awaitReason("BatchScheduled", "ChildTaken");
    assertThat(client.resource(foreign).get().getSpec().getSchedule()).isEqualTo("0 9 * * *");
  }

  @Test
  void theScaleSubresourceWorks() {
    applyAndAwaitReady("{stock: 5, topic: {partitions: 3}, consumer: {replicas: 1}}");
    var campaigns = client.resources(Campaign.class).inNamespace(namespace).withName(name);
    assertThat(campaigns.scale().getSpec().getReplicas()).isEqualTo(1);
    assertThat(campaigns.scale().getStatus().getSelector())
        .isEqualTo("app.kubernetes.io/name=firstcome-consumer,firstcome.io/campaign=" + name);
    campaigns.scale(3);
    KubeTests.await("three consumers").until(() -> deployment().getSpec().getReplicas() == 3);
  }

  @Test
  void anApiThatIsAwayUndoesNothing() {
    applyAndAwaitReady("{stock: 5}");
    api.decided(name, 1, 0, null);
    KubeTests.await("a sample").until(() -> campaign().getStatus().stock().succeeded() == 1);
    api.down = true;
    try {
      awaitReason("Registered", "ApiUnreachable");
      var status = campaign().getStatus();
      assertThat(condition("Registered").status()).isEqualTo("Unknown");
      assertThat(condition("TopicReady").status()).isEqualTo("True");
      assertThat(status.stock().succeeded()).isEqualTo(1);
      assertThat(status.phase()).isEqualTo(CampaignStatus.Phase.OPEN);
      assertThat(status.campaignId()).isNotNull();
      client.apps().deployments().inNamespace(namespace).withName(name + "-consumer").delete();
      KubeTests.await("a new Deployment").until(() -> deployment() != null);
    } finally {
      api.down = false;
    }
    consumersAreReady(1);
    awaitReady();
  }

  @Test
  void retainReleasesAndTheSameNameTakesItOver() {
    applyAndAwaitReady("{stock: 5}");
    var id = campaign().getStatus().topic().id();
    assertThat(campaign().getMetadata().getFinalizers()).isEmpty();
    client.resources(Campaign.class).inNamespace(namespace).withName(name).delete();
    KubeTests.await("the release").until(() -> api.rows.get(name).released());
    assertThat(Topics.await(kafka, "firstcome.campaign." + name, 1).topicId().toString())
        .isEqualTo(id);
    apply("{stock: 5}");
    KubeTests.await("the takeover").until(() -> !api.rows.get(name).released());
    KubeTests.await("the topic")
        .until(() -> campaign().getStatus().topic() != null && id.equals(campaign().getStatus().topic().id()));
  }

  @Test
  void deleteWaitsForKafkaAndThenRemovesEverything() {
    applyAndAwaitReady("{stock: 5, topic: {deletionPolicy: Delete}}");
    assertThat(campaign().getMetadata().getFinalizers()).containsExactly("firstcome.io/topic");
    api.kafkaAway = true;
    try {
      client.resources(Campaign.class).inNamespace(namespace).withName(name).delete();
      awaitReason("TopicReady", "KafkaUnreachable");
      assertThat(campaign().getStatus().phase()).isEqualTo(CampaignStatus.Phase.DELETING);
      assertThat(condition("TopicReady").message()).contains("firstcome.io/force-delete=true");
      assertThat(deployment()).isNull();
      KubeTests.await("an event").until(() -> events().contains("KafkaUnreachable"));
    } finally {
      api.kafkaAway = false;
    }
    KubeTests.await("the end").until(() -> campaign() == null);
    assertThat(api.rows).doesNotContainKey(name);
    KubeTests.await("the topic's end")
        .until(() -> !kafka.listTopics().names().get().contains("firstcome.campaign." + name));
  }

  @Test
  void forceGivesUpOnKafka() {
    applyAndAwaitReady("{stock: 5, topic: {deletionPolicy: Delete}}");
    api.kafkaAway = true;
    try {
      var campaigns = client.resources(Campaign.class).inNamespace(namespace).withName(name);
      campaigns.delete();
      awaitReason("TopicReady", "KafkaUnreachable");
      campaigns.edit(found -> {
        found.getMetadata().setAnnotations(new HashMap<>(Map.of("firstcome.io/force-delete", "true")));
        return found;
      });
      KubeTests.await("the end").until(() -> campaign() == null);
      assertThat(api.rows.get(name).released()).isTrue();
    } finally {
      api.kafkaAway = false;
    }
  }

  @Test
  void theListIsReadableByPeople() throws Exception {
    applyAndAwaitReady("{stock: 50, topic: {partitions: 2}}");
    var http = client.getHttpClient();
    var path = "apis/firstcome.io/v1/namespaces/%s/campaigns/%s".formatted(namespace, name);
    var request =
        http.newHttpRequestBuilder()
            .uri(client.getMasterUrl() + path)
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build();
    var table = http.sendAsync(request, String.class).get(10, TimeUnit.SECONDS).body();
    var parsed = Serialization.unmarshal(table, GenericKubernetesResource.class);
    List<Map<String, Object>> columns = parsed.get("columnDefinitions");
    List<Object> cells = parsed.get("rows", 0, "cells");
    var row = new HashMap<String, Object>();
    for (int i = 0; i < columns.size(); i++) {
      row.put((String) columns.get(i).get("name"), cells.get(i));
    }
    assertThat(row)
        .containsEntry("Ready", "True")
        .containsEntry("Phase", "Open")
        .containsEntry("Stock", 50)
        .containsEntry("Remaining", 50)
        .containsEntry("Lag", 0)
        .containsEntry("Partitions", 2)
        .containsEntry("Consumers", "1/1")
        .containsEntry("Reason", "Provisioned")
        .containsEntry("Topic", "firstcome.campaign." + name)
        .containsKeys("Age", "Last-Batch");
  }

  private void applyAndAwaitReady(String spec) {
    apply(spec);
    KubeTests.await("the consumers' Deployment").until(() -> deployment() != null);
    consumersAreReady(deployment().getSpec().getReplicas());
    awaitReady();
  }

  private void apply(String spec) {
    apply(namespace, name, spec);
  }

  private static void apply(String namespace, String name, String spec) {
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

  /** What the controller of Deployments would say, which does not run here. */
  private void consumersAreReady(int replicas) {
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name + "-consumer")
        .editStatus(found -> {
          found.setStatus(
              new DeploymentStatusBuilder()
                  .withObservedGeneration(found.getMetadata().getGeneration())
                  .withReplicas(replicas)
                  .withUpdatedReplicas(replicas)
                  .withReadyReplicas(replicas)
                  .withAvailableReplicas(replicas)
                  .build());
          return found;
        });
  }

  private void awaitReady() {
    KubeTests.await("Ready of " + name)
        .untilAsserted(() -> {
          var campaign = campaign();
          var ready = campaign.getStatus().condition("Ready").orElseThrow();
          assertThat(ready.status()).as("%s", campaign.getStatus()).isEqualTo("True");
          assertThat(ready.observedGeneration())
              .isEqualTo(campaign.getMetadata().getGeneration());
        });
  }

  private void awaitReason(String type, String reason) {
    awaitReason(namespace, name, type, reason);
  }

  private static void awaitReason(String namespace, String name, String type, String reason) {
    KubeTests.await(type + " " + reason)
        .untilAsserted(() -> {
          var status = campaign(namespace, name).getStatus();
          assertThat(status.condition(type).map(Condition::reason))
              .as("%s", status)
              .contains(reason);
        });
  }

  private Condition condition(String type) {
    return campaign().getStatus().condition(type).orElseThrow();
  }

  private Campaign campaign() {
    return campaign(namespace, name);
  }

  private static Campaign campaign(String namespace, String name) {
    return client.resources(Campaign.class).inNamespace(namespace).withName(name).get();
  }

  private Deployment deployment() {
    return client.apps().deployments().inNamespace(namespace).withName(name + "-consumer").get();
  }

  private List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  private String config(String key) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, "firstcome.campaign." + name);
    return kafka
        .describeConfigs(List.of(resource))
        .all()
        .get(10, TimeUnit.SECONDS)
        .get(resource)
        .get(key)
        .value();
  }

  private Map<String, String> versions() {
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

  private List<String> uids() {
    return children().stream().map(one -> one.getMetadata().getUid()).toList();
  }

  private List<io.fabric8.kubernetes.api.model.HasMetadata> children() {
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
