package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.testing.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is said and done when something is in the way, and how a Campaign ends. */
class ObstaclesApiServerIT extends CampaignsOnApiServer {
  @Test
  void aTopicThatWasMadeAgainIsNotTakenForTheOldOne() throws Exception {
    applyAndAwaitReady("{stock: 5}");
    var topic = "firstcome.campaign." + name;
    kafka.deleteTopics(List.of(topic)).all().get(10, TimeUnit.SECONDS);
    awaitReason("TopicReady", "TopicRecreated");
    assertThat(condition("Stalled").status()).isEqualTo("True");
    kafka
        .createTopics(List.of(new org.apache.kafka.clients.admin.NewTopic(topic, 1, (short) 1)))
        .all()
        .get(10, TimeUnit.SECONDS);
    Topics.await(kafka, topic, 1);
    TimeUnit.SECONDS.sleep(2);
    assertThat(condition("TopicReady").reason()).isEqualTo("TopicRecreated");
    assertThat(
            client.apps().deployments().inNamespace(namespace).withName(name + "-consumer").get())
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
              jobTemplate:
                spec:
                  template:
                    spec: {restartPolicy: Never, containers: [{name: a, image: a}]}
            """
                .formatted(name, namespace),
            io.fabric8.kubernetes.api.model.batch.v1.CronJob.class);
    client.resource(foreign).create();
    apply("{stock: 5}");
    awaitReason("BatchScheduled", "ChildTaken");
    assertThat(client.resource(foreign).get().getSpec().getSchedule()).isEqualTo("0 9 * * *");
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
        .until(() ->
            campaign().getStatus().topic() != null
                && id.equals(campaign().getStatus().topic().id()));
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
  void aTopicThatIsAnothersIsNeitherChangedNorDeleted() throws Exception {
    var topic = "orders." + name;
    kafka
        .createTopics(List.of(new org.apache.kafka.clients.admin.NewTopic(topic, 1, (short) 1)))
        .all()
        .get(10, TimeUnit.SECONDS);
    var id = Topics.await(kafka, topic, 1).topicId();
    api.refusals.put(name, new String[] {"CHANGE_REFUSED", "It has another campaign's requests."});
    apply("{stock: 5, topic: {name: %s, partitions: 3, deletionPolicy: Delete}}".formatted(topic));
    awaitReason("Registered", "SpecInvalid");
    int passes = api.looksAt(name);
    KubeTests.await("more passes").until(() -> api.looksAt(name) > passes + 3);
    assertThat(campaign().getStatus().topic()).isNull();
    client.resources(Campaign.class).inNamespace(namespace).withName(name).delete();
    KubeTests.await("the end").until(() -> campaign() == null);
    assertThat(Topics.await(kafka, topic, 1).topicId()).isEqualTo(id);
  }

  @Test
  void aTopicThatWeHaveMadeGoesAlsoIfItWasNeverRegistered() {
    var topic = "ours." + name;
    api.refusals.put(name, new String[] {"CHANGE_REFUSED", "No."});
    apply("{stock: 5, topic: {name: %s, deletionPolicy: Delete}}".formatted(topic));
    awaitReason("Registered", "SpecInvalid");
    client.resources(Campaign.class).inNamespace(namespace).withName(name).delete();
    KubeTests.await("the end").until(() -> campaign() == null);
    KubeTests.await("the topic's end")
        .until(() -> !kafka.listTopics().names().get().contains(topic));
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
        found
            .getMetadata()
            .setAnnotations(new HashMap<>(Map.of("firstcome.io/force-delete", "true")));
        return found;
      });
      KubeTests.await("the end").until(() -> campaign() == null);
      assertThat(api.rows.get(name).released()).isTrue();
    } finally {
      api.kafkaAway = false;
    }
  }
}
