package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.act.Actuator;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.testing.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
    consumersAre(status ->
        status
            .withReplicas(1)
            .withUpdatedReplicas(1)
            .addNewCondition()
            .withType("Progressing")
            .withStatus("False")
            .withReason("ProgressDeadlineExceeded")
            .endCondition());
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
  void aDisruptionBudgetOfSomebodyElseIsNotTouched() {
    var foreign =
        new PodDisruptionBudgetBuilder()
            .withNewMetadata()
            .withName(name + "-consumer")
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withNewMinAvailable(3)
            .endSpec()
            .build();
    client.resource(foreign).create();
    apply("{stock: 5}");
    awaitReason("ConsumersReady", "ChildTaken");
    assertThat(condition("ConsumersReady").message()).contains("PodDisruptionBudget");
    assertThat(deployment()).as("consumers run all the same").isNotNull();
    var found = client.resource(foreign).get();
    assertThat(found.getSpec().getMinAvailable().getIntVal()).isEqualTo(3);
    assertThat(found.getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void consumersThatKubernetesRefusesAreTriedSeldomAndTheLastGoodOnesStay() {
    applyAndAwaitReady("{stock: 5}");
    var applied = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger(Actuator.class);
    applied.start();
    log.addAppender(applied);
    try {
      apply("{stock: 5, consumer: {resources: {requests: {cpu: 2}, limits: {cpu: 1}}}}");
      awaitReason("ConsumersReady", "SpecInvalid");
      int passes = api.looksAt(name);
      applied.list.clear();
      KubeTests.await("more passes").until(() -> api.looksAt(name) > passes + 8);
    } finally {
      log.detachAppender(applied);
    }
    assertThat(applied.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(one -> one.contains("refused") && one.contains(name))
        .hasSizeBetween(1, 4);
    assertThat(condition("Stalled").reason()).isEqualTo("SpecInvalid");
    assertThat(deployment().getSpec().getTemplate().getSpec().getContainers().getFirst())
        .satisfies(one ->
            assertThat(one.getResources().getRequests().get("cpu").toString()).isEqualTo("250m"));
    apply("{stock: 5, consumer: {resources: {requests: {cpu: 1}, limits: {cpu: 1}}}}");
    KubeTests.await("the next spec at once")
        .until(() -> deployment().getMetadata().getGeneration() == 2);
  }

  @Test
  void anImageThatCannotBePulledIsTold() {
    apply("{stock: 5}");
    awaitReason("ConsumersReady", "RolloutInProgress");
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name + "-consumer-1")
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/name", "firstcome-consumer")
            .addToLabels("firstcome.io/campaign", name)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("consumer")
            .withImage("nowhere/consumer:1")
            .endContainer()
            .endSpec()
            .build();
    client.resource(pod).create();
    client
        .resource(pod)
        .editStatus(found ->
            new PodBuilder(found)
                .editOrNewStatus()
                .addNewContainerStatus()
                .withName("consumer")
                .withNewState()
                .withNewWaiting()
                .withReason("ImagePullBackOff")
                .withMessage("Back-off pulling nowhere/consumer:1")
                .endWaiting()
                .endState()
                .withImage("nowhere/consumer:1")
                .withImageID("")
                .withReady(false)
                .withRestartCount(0)
                .endContainerStatus()
                .endStatus()
                .build());
    consumersAre(
        status -> status.withReplicas(1).withUpdatedReplicas(1).withUnavailableReplicas(1));
    awaitReason("ConsumersReady", "ImagePullFailed");
    assertThat(condition("ConsumersReady").message()).contains("Back-off pulling nowhere");
  }

  @Test
  void anExceptionIsToldAndTheRestOfTheStatusStays() {
    applyAndAwaitReady("{stock: 5}");
    api.saysNonsenseOf(name);
    apply("{stock: 5, consumer: {allowIdle: true}}");
    awaitReason("Ready", "OperatorFailed");
    assertThat(condition("Ready").status()).isEqualTo("Unknown");
    assertThat(events()).contains("OperatorFailed");
    // A pass may have begun before the change.
    KubeTests.await("the new spec")
        .until(() ->
            Objects.equals(
                campaign().getStatus().observedGeneration(),
                campaign().getMetadata().getGeneration()));
    assertThat(condition("Ready").reason()).isEqualTo("OperatorFailed");
    assertThat(condition("TopicReady").status()).isEqualTo("True");
    assertThat(campaign().getStatus().stock()).isNotNull();
    assertThat(deployment()).isNotNull();
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
  void aDeletionThatKafkaRefusesNeedsAPerson() {
    applyAndAwaitReady("{stock: 5, topic: {deletionPolicy: Delete}}");
    api.kafkaRefuses = true;
    try {
      client.resources(Campaign.class).inNamespace(namespace).withName(name).delete();
      awaitReason("TopicReady", "KafkaRefused");
      assertThat(condition("Stalled").reason()).isEqualTo("KafkaRefused");
      assertThat(condition("TopicReady").message()).contains("Kafka does not delete the topic");
    } finally {
      api.kafkaRefuses = false;
    }
    KubeTests.await("the end").until(() -> campaign() == null);
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
