package io.firstcome.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {
  private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");
  private static final Verdict GOOD = Verdict.good(Reason.PROVISIONED);
  private static final Verdict WAITS = Verdict.unknown(Reason.WAITING_FOR_TOPIC, "");
  private static final Verdict AWAY = Verdict.unknown(Reason.KAFKA_UNREACHABLE, "");
  private static final Verdict REFUSED = Verdict.stalled(Reason.SPEC_INVALID, "No.");
  private static final Verdict STARTS = Verdict.bad(Reason.ROLLOUT_IN_PROGRESS, "");

  static Stream<Arguments> ready() {
    return Stream.of(
        // topic, registration, consumers, batch -> Ready, Stalled
        Arguments.of(verdicts(GOOD, GOOD, GOOD, GOOD), "True Provisioned", "none"),
        Arguments.of(
            verdicts(Verdict.good(Reason.ON_LANE), GOOD, GOOD, GOOD), "True Provisioned", "none"),
        Arguments.of(verdicts(AWAY, GOOD, GOOD, GOOD), "Unknown KafkaUnreachable", "none"),
        Arguments.of(verdicts(AWAY, WAITS, WAITS, GOOD), "Unknown KafkaUnreachable", "none"),
        Arguments.of(verdicts(GOOD, GOOD, STARTS, GOOD), "False RolloutInProgress", "none"),
        Arguments.of(verdicts(AWAY, GOOD, STARTS, GOOD), "False RolloutInProgress", "none"),
        Arguments.of(
            verdicts(GOOD, REFUSED, STARTS, GOOD), "False SpecInvalid", "True SpecInvalid"),
        Arguments.of(verdicts(AWAY, GOOD, GOOD, REFUSED), "False SpecInvalid", "True SpecInvalid"));
  }

  @ParameterizedTest
  @MethodSource("ready")
  void readyIsWhatHoldsUpTheWhole(Map<Part, Verdict> verdicts, String ready, String stalled) {
    var conditions = new Conditions(CampaignStatus.NONE, 3, NOON).of(verdicts, false);
    assertThat(text(conditions, "Ready")).isEqualTo(ready);
    assertThat(text(conditions, "Stalled")).isEqualTo(stalled);
    assertThat(text(conditions, "Paused")).isEqualTo("none");
    assertThat(conditions).extracting(Condition::observedGeneration).containsOnly(3L);
  }

  @Test
  void pausedIsThereOnlyWhenItIsTrue() {
    var conditions = new Conditions(CampaignStatus.NONE, 1, NOON).of(allGood(), true);
    assertThat(text(conditions, "Paused")).isEqualTo("True Paused");
    assertThat(text(conditions, "Ready")).isEqualTo("True Provisioned");
  }

  @Test
  void timesMoveOnlyWhenTheStatusFlips() {
    var first = statusOf(new Conditions(CampaignStatus.NONE, 1, NOON).of(allGood(), false));
    var later = NOON.plusSeconds(60);
    var other = verdicts(GOOD, AWAY, GOOD, Verdict.good(Reason.SUSPENDED));
    var second = statusOf(new Conditions(first, 2, later).of(other, false));
    assertThat(since(second, "TopicReady")).isEqualTo(NOON);
    assertThat(since(second, "BatchScheduled")).as("another reason").isEqualTo(NOON);
    assertThat(since(second, "Registered")).isEqualTo(later);
    assertThat(since(second, "Ready")).isEqualTo(later);
  }

  @Test
  void theDefaultOfTheDefinitionHasNoTime() {
    var before =
        statusOf(
            List.of(new Condition("Ready", "Unknown", "Pending", "waiting", Instant.EPOCH, null)));
    var after = new Conditions(before, 1, NOON).of(verdicts(AWAY, GOOD, GOOD, GOOD), false);
    assertThat(since(statusOf(after), "Ready")).isEqualTo(NOON);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsAWordAndASentence(Reason reason) {
    assertThat(reason.text()).matches("([A-Z][a-z]+)+");
    assertThat(reason.sentence()).endsWith(".");
  }

  private static CampaignStatus statusOf(List<Condition> conditions) {
    return new CampaignStatus(1L, null, null, null, null, null, null, conditions);
  }

  private static Instant since(CampaignStatus status, String type) {
    return status.condition(type).orElseThrow().lastTransitionTime();
  }

  private static String text(List<Condition> conditions, String type) {
    return statusOf(conditions)
        .condition(type)
        .map(one -> one.status() + " " + one.reason())
        .orElse("none");
  }

  private static Map<Part, Verdict> allGood() {
    return verdicts(GOOD, GOOD, GOOD, GOOD);
  }

  private static Map<Part, Verdict> verdicts(
      Verdict topic, Verdict registration, Verdict consumers, Verdict batch) {
    var verdicts = new EnumMap<Part, Verdict>(Part.class);
    verdicts.put(Part.TOPIC, topic);
    verdicts.put(Part.REGISTRATION, registration);
    verdicts.put(Part.CONSUMERS, consumers);
    verdicts.put(Part.BATCH, batch);
    return verdicts;
  }
}
