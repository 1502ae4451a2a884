package io.firstcome.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.operator.act.Done;
import io.firstcome.operator.plan.Plan;
import io.firstcome.operator.plan.TopicStep;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.registration.WantedRegistration;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the next pass begins at once, because others wait for what was done. */
class OutcomeTest {
  private static final TopicAnswer DONE = new TopicAnswer.Done("id");
  private static final TopicStep NOTHING = new TopicStep.Nothing();

  @Test
  void othersWaitForATopicAndNotForItsSettings() {
    assertThat(outcome(new TopicStep.Create("t", 1, (short) 1, Map.of()), DONE, null).goOn())
        .isTrue();
    assertThat(outcome(new TopicStep.Grow("t", 1, 2), DONE, null).goOn()).isTrue();
    assertThat(outcome(new TopicStep.Configure("t", 1, Map.of("a", "b")), DONE, null).goOn())
        .isFalse();
  }

  @Test
  void aTopicThatSomebodyElseHasMadeIsLookedAtFirst() {
    var create = new TopicStep.Create("t", 1, (short) 1, Map.of());
    var outcome = outcome(create, new TopicAnswer.Overtaken(), null);
    assertThat(outcome.topic()).isNull();
    assertThat(outcome.goOn()).isFalse();
    assertThat(outcome.verdicts().get(Part.TOPIC))
        .isEqualTo(Verdict.unknown(Reason.PROVISIONING, ""));
  }

  @Test
  void settingsDoNotMendWhatAPersonMust() {
    var excess = Verdict.stalled(Reason.PARTITION_DECREASE_NOT_SUPPORTED, "Set it to 4.");
    var step = new TopicStep.Configure("t", 4, Map.of("a", "b"));
    assertThat(outcome(excess, step, DONE, null).verdicts().get(Part.TOPIC)).isEqualTo(excess);
    assertThat(outcome(step, DONE, null).verdicts().get(Part.TOPIC))
        .isEqualTo(Verdict.good(Reason.PROVISIONED));
  }

  @Test
  void anAnswerThatSaysSomethingElseIsNotAskedForAgainAtOnce() {
    var met = outcome(NOTHING, null, new ApiAnswer.Found(registration("Sale")));
    assertThat(met.goOn()).isTrue();
    assertThat(met.verdicts().get(Part.REGISTRATION).isGood()).isTrue();
    var unmet = outcome(NOTHING, null, new ApiAnswer.Found(registration("SALE")));
    assertThat(unmet.goOn()).isFalse();
    assertThat(unmet.verdicts().get(Part.REGISTRATION).reason()).isEqualTo(Reason.PROVISIONING);
  }

  @Test
  void whatTheApiKeepsInItsOwnFormIsMet() {
    assertThat(wanted(" Sale\n", "2026-12-24T11:00:00.123456789Z"))
        .isEqualTo(wanted("Sale", "2026-12-24T11:00:00.123456Z"));
  }

  private static Outcome outcome(
      TopicStep step, @Nullable TopicAnswer topic, @Nullable ApiAnswer registration) {
    return outcome(Verdict.unknown(Reason.PROVISIONING, ""), step, topic, registration);
  }

  private static Outcome outcome(
      Verdict planned,
      TopicStep step,
      @Nullable TopicAnswer topic,
      @Nullable ApiAnswer registration) {
    var verdicts = new EnumMap<Part, Verdict>(Part.class);
    List.of(Part.values()).forEach(part -> verdicts.put(part, Verdict.good(Reason.PROVISIONED)));
    verdicts.put(Part.TOPIC, planned);
    var plan = new Plan(step, null, wanted("Sale", "2026-12-24T11:00:00Z"), List.of(), verdicts);
    return Outcome.of(plan, new Done(topic, registration, Map.of()));
  }

  private static WantedRegistration wanted(String displayName, String opensAt) {
    return new WantedRegistration(
        "sales",
        displayName,
        5,
        Instant.parse(opensAt),
        null,
        "Asia/Seoul",
        false,
        "Record",
        false,
        null,
        "coupons");
  }

  private static Registration registration(String displayName) {
    return new Registration(
        7,
        "christmas",
        "sales",
        false,
        displayName,
        5,
        Instant.parse("2026-12-24T11:00:00Z"),
        null,
        "Asia/Seoul",
        false,
        "Record",
        false,
        false,
        "OPEN",
        null,
        "coupons",
        null);
  }
}
