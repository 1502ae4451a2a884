package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.act.Actuator;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.testing.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What becomes of a Campaign when nothing is in the way. */
class CampaignApiServerIT extends CampaignsOnApiServer {
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
        .containsExactly("Ready", "TopicReady", "Registered", "ConsumersReady", "BatchScheduled");
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
    // Nor does one that is written in other words than those in which the api and Kafka keep it.
    applyAndAwaitReady(
        "{stock: 5, displayName: 'Sale ', opensAt: '2026-12-24T11:00:00.1234567Z', topic: {config:"
            + " {preallocate: 'TRUE', min.cleanable.dirty.ratio: '0.50', flush.ms: ' 5000'}},"
            + " batch: {timeZone: Asia/Tokyo}}");
    assertThat(events()).doesNotContain("TopicConfigured");
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
    assertThat(applied.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(one -> one.contains(name))
        .isEmpty();
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
    deployments
        .withName(name + "-consumer")
        .edit(found -> {
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
        .untilAsserted(() -> assertThat(uids()).hasSize(3).doesNotContainAnyElementsOf(uids));
  }

  @Test
  void aTopicGrowsAndIsSetAgain() throws Exception {
    applyAndAwaitReady("{stock: 5}");
    apply("{stock: 6, topic: {partitions: 4, config: {retention.ms: '3600000'}}}");
    Topics.await(kafka, "firstcome.campaign." + name, 4);
    KubeTests.await("its registration").until(() -> api.rows.get(name).topic().partitions() == 4);
    KubeTests.await("its configuration").until(() -> "3600000".equals(config("retention.ms")));
    KubeTests.await("the stock").until(() -> api.rows.get(name).totalStock() == 6);
    KubeTests.await("events").until(() -> events().contains("PartitionsGrown"));

    var resource = new ConfigResource(ConfigResource.Type.TOPIC, "firstcome.campaign." + name);
    var drift = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
    kafka.incrementalAlterConfigs(Map.of(resource, List.of(drift))).all().get(10, TimeUnit.SECONDS);
    KubeTests.await("its configuration").until(() -> "3600000".equals(config("retention.ms")));
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
            client
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(name + "-statistics")
                .get())
        .isNotNull();
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
}
