package io.firstcome.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignSpec;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.operator.crd.CampaignStatus.Phase;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusRuleTest {
  private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");
  private static final ApiAnswer AWAY = new ApiAnswer.Away("no answer");

  private final StatusRule rule = new StatusRule(Duration.ofSeconds(10));

  @Test
  void figuresAreTakenOverAtMostEveryInterval() {
    var first = status(null, found("OPEN", 50, NOON));
    assertThat(first.stock().remaining()).isEqualTo(50);
    var early = status(first, found("OPEN", 40, NOON.plusSeconds(9)));
    assertThat(early.stock()).isEqualTo(first.stock());
    var later = status(first, found("OPEN", 40, NOON.plusSeconds(10)));
    assertThat(later.stock().remaining()).isEqualTo(40);
    assertThat(later.stock().asOf()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void atRestNothingIsWritten() {
    var first = status(null, found("OPEN", 50, NOON));
    assertThat(status(first, found("OPEN", 50, NOON.plusSeconds(3600)))).isEqualTo(first);
  }

  @Test
  void whatTheApiSaidStaysWhileItIsAway() {
    var first = status(null, found("CLOSED", 50, NOON));
    var then = status(first, AWAY);
    assertThat(then.stock()).isEqualTo(first.stock());
    assertThat(then.phase()).isEqualTo(Phase.CLOSED);
    assertThat(then.campaignId()).isEqualTo(7);
    assertThat(then.topic()).isEqualTo(first.topic());
  }

  @Test
  void pendingUntilTheApiHasIt() {
    assertThat(status(null, AWAY).phase()).isEqualTo(Phase.PENDING);
    assertThat(status(null, new ApiAnswer.Missing()).phase()).isEqualTo(Phase.PENDING);
    assertThat(status(null, new ApiAnswer.Missing()).observedGeneration()).isEqualTo(4);
    assertThat(status(null, found("SCHEDULED", 50, NOON)).phase()).isEqualTo(Phase.SCHEDULED);
    assertThat(status(null, found("PAUSED", 50, NOON)).phase()).isEqualTo(Phase.PAUSED);
  }

  @Test
  void anUnreadableSpecKeepsWhatRuns() {
    var first = status(null, found("OPEN", 50, NOON));
    assertThat(first.consumer().selector()).contains("christmas");
    var campaign = campaign(first);
    campaign.setSpec(
        new CampaignSpec(
            null, 0, null, null, false, null, false, null, null, null, null, "not a number"));
    var then =
        rule.status(
            campaign, seen(found("OPEN", 50, NOON)), new Outcome(good(), null, false), null, NOON);
    assertThat(then.consumer()).isEqualTo(first.consumer());
    assertThat(then.batch()).isEqualTo(first.batch());
  }

  @Test
  void theZoneInForceIsTheRegisteredOne() {
    assertThat(status(null, new ApiAnswer.Missing()).batch().timeZone()).isNull();
    var first = status(null, found("OPEN", 50, NOON));
    assertThat(first.batch().timeZone()).isEqualTo("Asia/Seoul");
    assertThat(status(first, AWAY).batch()).isEqualTo(first.batch());
    var changed = found("OPEN", 50, NOON);
    var outcome = new Outcome(good(), null, false);
    var made = rule.status(campaign(null), seen(new ApiAnswer.Missing()), outcome, changed, NOON);
    assertThat(made.batch().timeZone()).as("with the id").isEqualTo("Asia/Seoul");
    assertThat(made.campaignId()).isEqualTo(7);
  }

  @Test
  void aLanesTopicIsNotTheOwnOne() {
    assertThat(status(null, onLane("coupons")).topic()).isNull();
  }

  @Test
  void anExceptionIsToldAndTheRestStays() {
    var first = statusWith(good(), 3);
    var campaign = campaign(first);
    var broken = StatusRule.broken(campaign, false, NOON.plusSeconds(5));
    assertThat(broken.observedGeneration()).isEqualTo(4);
    assertThat(broken.stock()).isEqualTo(first.stock());
    assertThat(broken.topic()).isEqualTo(first.topic());
    var ready = broken.condition("Ready").orElseThrow();
    assertThat(ready.status()).isEqualTo("Unknown");
    assertThat(ready.reason()).isEqualTo("OperatorFailed");
    assertThat(ready.observedGeneration()).isEqualTo(4);
    assertThat(broken.condition("TopicReady")).isEqualTo(first.condition("TopicReady"));
    assertThat(Happening.ofBroken(first, broken))
        .contains(
            new Happening(
                true,
                "OperatorFailed",
                "The operator could not finish, as its log says; it is tried again."));
    assertThat(Happening.ofBroken(broken, broken)).isEmpty();
    campaign.setStatus(broken);
    assertThat(StatusRule.broken(campaign, false, NOON.plusSeconds(9)))
        .as("written once")
        .isEqualTo(broken);
    assertThat(StatusRule.broken(campaign, true, NOON).condition("Ready").orElseThrow().reason())
        .isEqualTo("KubernetesUnreachable");
  }

  @Test
  void theFiguresOfAnotherNamespaceAreNotOurs() {
    var foreign = status(null, found("other", "OPEN", 50, NOON));
    assertThat(foreign.stock()).isNull();
    assertThat(foreign.campaignId()).isNull();
    assertThat(foreign.topic()).isNull();
  }

  @Test
  void whoIsAwayIsAskedAgainAfterAsLongAsTheyHaveBeenAway() {
    var pace = new Pace(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60));
    assertThat(pace.next(withTopic(Condition.TRUE, "OPEN"), true, NOON)).hasMillis(200);
    assertThat(pace.next(withTopic(Condition.TRUE, "OPEN"), false, NOON)).hasSeconds(10);
    assertThat(pace.next(withTopic(Condition.TRUE, "CLOSED"), false, NOON)).hasSeconds(60);
    var away = withTopic(Condition.UNKNOWN, "OPEN");
    assertThat(pace.next(away, false, NOON)).hasSeconds(1);
    assertThat(pace.next(away, false, NOON.plusSeconds(4))).hasSeconds(4);
    assertThat(pace.next(away, false, NOON.plusSeconds(4000))).hasSeconds(10);
  }

  @Test
  void aWarningIsToldOnceForAReasonAndGeneration() {
    var verdicts = new EnumMap<>(good());
    var before = statusWith(good(), 1);
    verdicts.put(Part.REGISTRATION, Verdict.stalled(Reason.SPEC_INVALID, "No."));
    var after = statusWith(verdicts, 1);
    assertThat(Happening.ofConditions(before, after, verdicts))
        .containsExactly(
            new Happening(
                true, "SpecInvalid", "The spec is refused; the last good one stays in force. No."));
    assertThat(Happening.ofConditions(after, after, verdicts)).isEmpty();
    assertThat(Happening.ofConditions(after, statusWith(verdicts, 2), verdicts)).hasSize(1);
    assertThat(Happening.ofConditions(after, statusWith(good(), 1), good()))
        .extracting(Happening::reason)
        .containsExactly("Ready");
  }

  private CampaignStatus withTopic(String topicStatus, String state) {
    var verdicts = new EnumMap<>(good());
    verdicts.put(Part.TOPIC, new Verdict(topicStatus, Reason.KAFKA_UNREACHABLE, "", false));
    return status(null, found(state, 50, NOON), verdicts);
  }

  private CampaignStatus statusWith(Map<Part, Verdict> verdicts, long generation) {
    var campaign = campaign(null);
    campaign.getMetadata().setGeneration(generation);
    return rule.status(
        campaign, seen(found("OPEN", 50, NOON)), new Outcome(verdicts, null, false), null, NOON);
  }

  private CampaignStatus status(@Nullable CampaignStatus before, ApiAnswer api) {
    return status(before, api, good());
  }

  private CampaignStatus status(
      @Nullable CampaignStatus before, ApiAnswer api, Map<Part, Verdict> verdicts) {
    return rule.status(campaign(before), seen(api), new Outcome(verdicts, null, false), null, NOON);
  }

  private static Seen seen(ApiAnswer api) {
    var nothing = new Seen.Children(null, null, null, Set.of());
    return new Seen(new TopicSeen.Away(), api, null, nothing, Map.of(), Map.of());
  }

  private static Map<Part, Verdict> good() {
    var verdicts = new EnumMap<Part, Verdict>(Part.class);
    List.of(Part.values()).forEach(part -> verdicts.put(part, Verdict.good(Reason.PROVISIONED)));
    return verdicts;
  }

  private static Campaign campaign(@Nullable CampaignStatus before) {
    var campaign =
        Serialization.unmarshal(
            """
            apiVersion: firstcome.io/v1
            kind: Campaign
            spec: {stock: 50}
            """,
            Campaign.class);
    campaign.setMetadata(
        new ObjectMetaBuilder()
            .withName("christmas")
            .withNamespace("sales")
            .withGeneration(4L)
            .build());
    campaign.setStatus(before);
    return campaign;
  }

  private static ApiAnswer found(String state, long remaining, Instant asOf) {
    return found("sales", state, remaining, asOf);
  }

  private static ApiAnswer onLane(String lane) {
    return found("sales", lane, "OPEN", 50, NOON);
  }

  private static ApiAnswer found(String namespace, String state, long remaining, Instant asOf) {
    return found(namespace, null, state, remaining, asOf);
  }

  private static ApiAnswer found(
      String namespace, @Nullable String lane, String state, long remaining, Instant asOf) {
    return new ApiAnswer.Found(
        new Registration(
            7,
            "christmas",
            namespace,
            false,
            "christmas",
            50,
            null,
            null,
            "Asia/Seoul",
            false,
            "Record",
            false,
            false,
            state,
            new Registration.Topic("firstcome.campaign.christmas", "id", 1),
            lane,
            new Registration.Sample(50, remaining, 50 - remaining, 0, null, asOf)));
  }
}
