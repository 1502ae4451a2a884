package io.firstcome.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignSpec;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
  private static final String OLD = "old-id";
  private static final String NEW = "new-id";
  private static final String TOPIC = "firstcome.campaign.christmas";
  private static final ApiAnswer MISSING = new ApiAnswer.Missing();
  private static final ApiAnswer AWAY = new ApiAnswer.Away("no answer");
  private static final TopicSeen NO_TOPIC = new TopicSeen.Absent();
  private static final TopicSeen NO_KAFKA = new TopicSeen.Away();

  private final Planner planner =
      new Planner(
          TestSettings.of(URI.create("http://api"), Set.of("sales")), ZoneId.of("Asia/Seoul"));

  static Stream<Arguments> situations() {
    return Stream.of(
        // spec, id in the status, Kafka, api -> step, TopicReady, PUT?, Registered, Deployment?
        row("{stock: 5}", null, NO_TOPIC, MISSING)
            .is("Create 1", "Provisioning", false, "WaitingForTopic", false),
        row("{stock: 5, topic: {partitions: 3}}", null, NO_TOPIC, MISSING)
            .is("Create 3", "Provisioning", false, "WaitingForTopic", false),
        row("{stock: 5}", null, NO_KAFKA, MISSING)
            .is("none", "KafkaUnreachable", false, "WaitingForTopic", false),
        row("{stock: 5}", null, new TopicSeen.Denied("no"), MISSING)
            .is("none", "KafkaRefused", false, "WaitingForTopic", false),
        // A topic may have been there before, and only the api knows.
        row("{stock: 5}", null, NO_TOPIC, AWAY)
            .is("none", "ApiUnreachable", false, "ApiUnreachable", false),
        row("{stock: 5}", null, topic(NEW, 1, true), AWAY)
            .is("none", "ApiUnreachable", false, "ApiUnreachable", false),
        // A crash may have come between the topic and the status.
        row("{stock: 5}", null, topic(NEW, 1, true), MISSING)
            .is("none", "Provisioned", true, "Provisioning", false),
        row("{stock: 5}", null, topic(NEW, 1, false), MISSING)
            .is("none", "TopicInUse", false, "WaitingForTopic", false),
        // It may be another campaign's as well, so the api has the first word.
        row("{stock: 5, topic: {partitions: 4}}", null, topic(NEW, 1, true), MISSING)
            .is("none", "Provisioning", true, "Provisioning", false),
        row("{stock: 5, topic: {config: {retention.ms: '1'}}}", null, topic(NEW, 1, true), MISSING)
            .is("none", "Provisioning", true, "Provisioning", false),
        row("{stock: 5, topic: {partitions: 4}}", null, topic(OLD, 1, false), foreign(true))
            .is("none", "Provisioning", true, "Provisioning", true),
        // The rule of this resource's life: all there.
        row("{stock: 5}", OLD, topic(OLD, 1, false), found(5, OLD, 1))
            .is("none", "Provisioned", false, "Provisioned", true),
        row("{stock: 6}", OLD, topic(OLD, 1, false), found(5, OLD, 1))
            .is("none", "Provisioned", true, "Provisioning", true),
        // Created again after a deletion with Retain: the row's topic is taken over.
        row("{stock: 5}", null, topic(OLD, 1, false), found(5, OLD, 1))
            .is("none", "Provisioned", false, "Provisioned", true),
        row("{stock: 5}", null, topic(NEW, 1, true), found(5, OLD, 1))
            .is("none", "TopicRecreated", false, "Provisioned", true),
        row("{stock: 5}", null, NO_TOPIC, found(5, OLD, 1))
            .is("none", "TopicRecreated", false, "Provisioned", true),
        row("{stock: 5}", OLD, NO_TOPIC, AWAY)
            .is("none", "TopicRecreated", false, "ApiUnreachable", true),
        row("{stock: 5}", OLD, topic(NEW, 1, true), AWAY)
            .is("none", "TopicRecreated", false, "ApiUnreachable", true),
        row("{stock: 5, topic: {partitions: 4}}", OLD, topic(OLD, 1, false), found(5, OLD, 1))
            .is("Grow 4", "Provisioning", false, "Provisioned", true),
        row("{stock: 5, topic: {partitions: 4}}", OLD, topic(OLD, 4, false), found(5, OLD, 1))
            .is("none", "Provisioned", true, "Provisioning", true),
        row("{stock: 5, topic: {partitions: 2}}", OLD, topic(OLD, 4, false), found(5, OLD, 4))
            .is("none", "PartitionDecreaseNotSupported", false, "Provisioned", true),
        // Kafka describes what it has understood.
        row(
                "{stock: 5, topic: {config: {retention.ms: ' 604800000', a: 'TRUE', b: '0.50',"
                    + " c: 'x, y'}}}",
                OLD,
                topic(OLD, 1, false, Map.of("a", "true", "b", "0.5", "c", "x,y")),
                found(5, OLD, 1))
            .is("none", "Provisioned", false, "Provisioned", true),
        row(
                "{stock: 5, topic: {config: {retention.ms: '1'}}}",
                OLD,
                topic(OLD, 1, false),
                found(5, OLD, 1))
            .is("Configure [retention.ms]", "Provisioning", false, "Provisioned", true),
        // Kafka is away: all else goes on.
        row("{stock: 6, paused: true}", OLD, NO_KAFKA, found(5, OLD, 1))
            .is("none", "KafkaUnreachable", true, "Provisioning", true),
        row("{stock: 5}", OLD, topic(OLD, 1, false), AWAY)
            .is("none", "Provisioned", false, "ApiUnreachable", true),
        // The name is somebody else's, who may be on the very same topic.
        row("{stock: 5}", null, topic(OLD, 1, false), foreign(false))
            .is("none", "NameTaken", false, "NameTaken", false),
        row("{stock: 5}", null, topic(OLD, 1, false), foreign(true))
            .is("none", "Provisioned", true, "Provisioning", true));
  }

  record Row(String spec, @Nullable String id, TopicSeen kafka, ApiAnswer api) {
    Arguments is(
        String step, String topicReady, boolean put, String registered, boolean deployment) {
      return Arguments.of(this, new Expected(step, topicReady, put, registered, deployment));
    }
  }

  record Expected(
      String step, String topicReady, boolean put, String registered, boolean deployment) {}

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void plans(Row row, Expected expected) {
    var plan = planner.plan(campaign(row.spec(), row.id()), seen(row.kafka(), row.api()));
    assertThat(
            new Expected(
                text(plan.topic()),
                reason(plan, Part.TOPIC),
                plan.registration() != null,
                reason(plan, Part.REGISTRATION),
                kinds(plan).contains("Deployment")))
        .isEqualTo(expected);
    assertThat(kinds(plan)).doesNotHaveDuplicates();
  }

  @Test
  void whatIsFoundUnderTheNameIsOursOnlyWhenItIsRegistered() {
    var ours = new CampaignStatus.Topic(TOPIC, OLD, 1);
    assertThat(known(null, topic(OLD, 1, true), MISSING)).isNull();
    assertThat(known(null, topic(OLD, 1, false), foreign(true))).isNull();
    assertThat(known(null, topic(OLD, 1, false), found(5, OLD, 1))).isEqualTo(ours);
    assertThat(known(OLD, topic(OLD, 1, false), MISSING)).isEqualTo(ours);
    assertThat(known(OLD, NO_KAFKA, AWAY)).isEqualTo(ours);
  }

  private CampaignStatus.@Nullable Topic known(
      @Nullable String id, TopicSeen kafka, ApiAnswer api) {
    return planner.plan(campaign("{stock: 5}", id), seen(kafka, api)).knownTopic();
  }

  @Test
  void theScheduleGoesByTheRegisteredClock() {
    var kafka = topic(OLD, 1, false);
    var spec = "{stock: 5, batch: {timeZone: Asia/Tokyo}}";
    assertThat(zone(spec, seen(NO_TOPIC, MISSING))).isEqualTo("Asia/Tokyo");
    assertThat(zone("{stock: 5}", seen(NO_TOPIC, MISSING))).isEqualTo("Asia/Seoul");
    // The row was made with another one, and its days stay counted.
    assertThat(zone(spec, seen(kafka, found(5, OLD, 1)))).isEqualTo("Asia/Seoul");
    var cronJob = new CronJobBuilder().withNewSpec().withTimeZone("Asia/Seoul").endSpec().build();
    var children = new Seen.Children(null, cronJob, null, Set.of());
    assertThat(zone(spec, new Seen(kafka, AWAY, null, children, Map.of(), Map.of())))
        .isEqualTo("Asia/Seoul");
  }

  @Test
  void aZoneThatIsNotInForceIsTold() {
    var kafka = topic(OLD, 1, false);
    var seen = seen(kafka, found(5, OLD, 1));
    var told =
        "But days and schedule go by Asia/Seoul, as registered, and not by Asia/Tokyo;"
            + " set spec.batch.timeZone to Asia/Seoul.";
    assertThat(batch("{stock: 5, batch: {timeZone: Asia/Tokyo}}", seen))
        .isEqualTo(Verdict.good(Reason.PROVISIONED, told));
    assertThat(batch("{stock: 5, paused: true, batch: {timeZone: Asia/Tokyo}}", seen))
        .isEqualTo(Verdict.good(Reason.PAUSED, told));
    assertThat(batch("{stock: 5}", seen)).isEqualTo(Verdict.good(Reason.PROVISIONED));
    assertThat(batch("{stock: 5, batch: {timeZone: Asia/Tokyo}}", seen(kafka, MISSING)))
        .isEqualTo(Verdict.good(Reason.PROVISIONED));
  }

  private Verdict batch(String spec, Seen seen) {
    return planner.plan(campaign(spec, OLD), seen).verdicts().get(Part.BATCH);
  }

  private String zone(String spec, Seen seen) {
    return planner.plan(campaign(spec, OLD), seen).children().stream()
        .filter(CronJob.class::isInstance)
        .map(child -> ((CronJob) child).getSpec().getTimeZone())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDisruptionBudgetOfSomebodyElseStays() {
    var children = new Seen.Children(null, null, null, Set.of("PodDisruptionBudget"));
    var plan =
        planner.plan(
            campaign("{stock: 5}", OLD),
            new Seen(topic(OLD, 1, false), found(5, OLD, 1), null, children, Map.of(), Map.of()));
    assertThat(kinds(plan)).containsExactly("Deployment", "CronJob");
    assertThat(plan.verdicts().get(Part.CONSUMERS))
        .isEqualTo(
            Verdict.stalled(
                Reason.CHILD_TAKEN,
                "Rename or delete the PodDisruptionBudget christmas-consumer."));
  }

  @Test
  void whatKubernetesHasRefusedIsNotTriedAgain() {
    var no = Verdict.stalled(Reason.SPEC_INVALID, "no");
    var never = Verdict.stalled(Reason.INVALID_SCHEDULE, "never");
    var plan =
        planner.plan(
            campaign("{stock: 5}", OLD),
            new Seen(
                topic(OLD, 1, false),
                found(5, OLD, 1),
                null,
                nothing(),
                Map.of(Part.CONSUMERS, no, Part.BATCH, never),
                Map.of()));
    assertThat(plan.children()).isEmpty();
    assertThat(plan.verdicts()).containsEntry(Part.CONSUMERS, no).containsEntry(Part.BATCH, never);
  }

  @Test
  void whatKafkaHasTakenIsNotSaidAgainAndAllElseIs() {
    var spec = "{stock: 5, topic: {partitions: 2, config: {a: '1'}}}";
    // Kafka has words of its own for it.
    var there = Map.of("a", "one");
    assertThat(after(Map.of("a", "1"), spec, topic(OLD, 2, false, there)))
        .isEqualTo("none Provisioned");
    assertThat(after(Map.of("a", "2"), spec, topic(OLD, 2, false, there)))
        .isEqualTo("Configure [a] Provisioning");
    var drifted = Map.of("a", "one", "retention.ms", "1");
    assertThat(after(Map.of("a", "1"), spec, topic(OLD, 2, false, drifted)))
        .startsWith("Configure [")
        .contains("retention.ms");
    assertThat(after(Map.of("a", "1"), spec, topic(OLD, 1, false, there)))
        .isEqualTo("Grow 2 Provisioning");
    for (var said : List.of(Map.of("a", "1"), Map.of("a", "2"))) {
      assertThat(after(said, spec, topic(OLD, 4, false, there)))
          .endsWith(" PartitionDecreaseNotSupported");
    }
  }

  private String after(Map<String, String> settings, String spec, TopicSeen kafka) {
    var plan =
        planner.plan(
            campaign(spec, OLD),
            new Seen(kafka, found(5, OLD, 2), null, nothing(), Map.of(), settings));
    return text(plan.topic()) + " " + reason(plan, Part.TOPIC);
  }

  @Test
  void anOlderCampaignKeepsTheTopic() {
    var seen = new Seen(topic(NEW, 1, true), MISSING, "sales/first", nothing(), Map.of(), Map.of());
    var plan = planner.plan(campaign("{stock: 5}", null), seen);
    assertThat(plan.verdicts().get(Part.TOPIC))
        .isEqualTo(
            Verdict.stalled(
                Reason.TOPIC_CONFLICT, "It is sales/first; choose another spec.topic.name."));
    assertThat(plan.registration()).isNull();
  }

  @Test
  void aRefusalThatStandsIsNotTriedAgain() {
    var no = Verdict.stalled(Reason.KAFKA_REFUSED, "no");
    var seen = new Seen(NO_TOPIC, MISSING, null, nothing(), Map.of(Part.TOPIC, no), Map.of());
    var plan = planner.plan(campaign("{stock: 5}", null), seen);
    assertThat(plan.topic()).isEqualTo(new TopicStep.Nothing());
    assertThat(plan.verdicts().get(Part.TOPIC)).isEqualTo(no);
  }

  @Test
  void aConsumerThatIsThereStaysWhateverIsAway() {
    var deployment = new DeploymentBuilder().withNewMetadata().endMetadata().build();
    var children = new Seen.Children(deployment, null, null, Set.of());
    var plan =
        planner.plan(
            campaign("{stock: 5}", null),
            new Seen(NO_KAFKA, AWAY, null, children, Map.of(), Map.of()));
    assertThat(kinds(plan)).containsExactly("Deployment", "PodDisruptionBudget", "CronJob");
  }

  @Test
  void aLaneNeedsNothingOfItsOwn() {
    var seen = new Seen(null, MISSING, null, nothing(), Map.of(), Map.of());
    var plan = planner.plan(campaign("{stock: 5, lane: coupons}", null), seen);
    assertThat(kinds(plan)).containsExactly("CronJob");
    assertThat(plan.registration().lane()).isEqualTo("coupons");
    assertThat(plan.registration().topic()).isNull();
    assertThat(reason(plan, Part.CONSUMERS)).isEqualTo("OnLane");
  }

  @Test
  void anUnreadableSpecLeavesEverythingAsItIs() {
    var campaign = campaign("{stock: 5}", OLD);
    campaign.setSpec(
        new CampaignSpec(
            null, 0, null, null, false, null, false, null, null, null, null, "not a number"));
    var plan = planner.plan(campaign, seen(topic(OLD, 1, false), found(5, OLD, 1)));
    assertThat(plan.children()).isEmpty();
    assertThat(plan.registration()).isNull();
    assertThat(plan.verdicts().get(Part.REGISTRATION).detail()).contains("not a number");
    assertThat(plan.verdicts().get(Part.REGISTRATION).stalled()).isTrue();
  }

  @Test
  void aRegistrationSaysAllOfTheSpec() {
    var plan =
        planner.plan(
            campaign(
                "{stock: 9, displayName: 에어팟, opensAt: '2026-12-24T11:00:00Z', soldOut: Refuse,"
                    + " repeatable: true, paused: true, batch: {timeZone: Asia/Tokyo}}",
                OLD),
            seen(topic(OLD, 1, false), found(5, OLD, 1)));
    assertThat(plan.registration())
        .isEqualTo(
            new io.firstcome.operator.registration.WantedRegistration(
                "sales",
                "에어팟",
                9,
                Instant.parse("2026-12-24T11:00:00Z"),
                null,
                "Asia/Tokyo",
                true,
                "Refuse",
                true,
                new Registration.Topic(TOPIC, OLD, 1),
                null));
  }

  private static Row row(String spec, @Nullable String id, TopicSeen kafka, ApiAnswer api) {
    return new Row(spec, id, kafka, api);
  }

  private static Seen seen(TopicSeen kafka, ApiAnswer api) {
    return new Seen(kafka, api, null, nothing(), Map.of(), Map.of());
  }

  private static Seen.Children nothing() {
    return new Seen.Children(null, null, null, Set.of());
  }

  static Campaign campaign(String spec, @Nullable String topicId) {
    var campaign = new Campaign();
    campaign.setMetadata(
        new ObjectMetaBuilder()
            .withName("christmas")
            .withNamespace("sales")
            .withUid("7e57")
            .withGeneration(1L)
            .build());
    var yaml = "apiVersion: firstcome.io/v1\nkind: Campaign\nspec: " + spec;
    campaign.setSpec(Serialization.unmarshal(yaml, Campaign.class).getSpec());
    if (topicId != null) {
      campaign.setStatus(
          new CampaignStatus(
              1L,
              null,
              7L,
              new CampaignStatus.Topic(TOPIC, topicId, 1),
              null,
              null,
              null,
              List.of()));
    }
    return campaign;
  }

  private static TopicSeen topic(String id, int partitions, boolean untouched) {
    return topic(id, partitions, untouched, Map.of());
  }

  private static TopicSeen topic(
      String id, int partitions, boolean untouched, Map<String, String> more) {
    var config =
        new HashMap<>(
            TopicPlan.config(
                campaign("{stock: 5}", null).getSpec().ownTopic(), Duration.ofDays(7)));
    config.put("segment.bytes", "1073741824");
    config.putAll(more);
    return new TopicSeen.Present(id, partitions, config, untouched);
  }

  private static ApiAnswer found(long stock, String id, int partitions) {
    return found("sales", false, stock, new Registration.Topic(TOPIC, id, partitions));
  }

  private static ApiAnswer foreign(boolean released) {
    return found("other", released, 5, new Registration.Topic(TOPIC, OLD, 1));
  }

  private static ApiAnswer found(
      String namespace, boolean released, long stock, Registration.Topic topic) {
    return new ApiAnswer.Found(
        new Registration(
            7,
            "christmas",
            namespace,
            released,
            "christmas",
            stock,
            null,
            null,
            "Asia/Seoul",
            false,
            "Record",
            false,
            false,
            "OPEN",
            topic,
            null,
            null));
  }

  private static String text(TopicStep step) {
    return switch (step) {
      case TopicStep.Nothing _ -> "none";
      case TopicStep.Create create -> "Create " + create.partitions();
      case TopicStep.Grow grow -> "Grow " + grow.partitions();
      case TopicStep.Configure configure -> "Configure " + configure.config().keySet();
    };
  }

  private static String reason(Plan plan, Part part) {
    return plan.verdicts().get(part).reason().text();
  }

  private static List<String> kinds(Plan plan) {
    return plan.children().stream().map(child -> child.getKind()).toList();
  }
}
