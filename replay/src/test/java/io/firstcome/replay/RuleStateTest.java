package io.firstcome.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.rule.CampaignState;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.ParticipationRule;
import io.firstcome.core.rule.Request;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleStateTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneByOneIsAsAllAtOnce(boolean repeatable) {
    var random = new Random(7);
    var requests =
        IntStream.range(0, 500)
            .mapToObj(
                i -> request("u" + random.nextInt(90), random.nextBoolean() ? "k" + i % 3 : null))
            .toList();
    var state = new RuleState(repeatable, 40);

    var oneByOne = requests.stream().map(state::decide).toList();

    assertThat(oneByOne)
        .isEqualTo(
            ParticipationRule.decide(new CampaignState(repeatable, 40, 40, Map.of()), requests));
    assertThat(state.remaining()).isZero();
    assertThat(state.failed())
        .isEqualTo(oneByOne.stream().filter(one -> one.countsAsFailed()).count())
        .isPositive();
  }

  @Test
  void aTrialLeavesNoTrace() {
    var state = new RuleState(false, 2);
    state.decide(request("ann", "k"));

    var trial = state.trial();
    assertThat(trial.decide(request("ann", "k")).repeat()).isTrue();
    assertThat(trial.decide(request("bob", null)).rank()).isEqualTo(2);
    trial.growTo(3);
    assertThat(trial.decide(request("cid", null)).rank()).isEqualTo(3);
    assertThat(trial.decide(request("bob", null)).outcome()).isEqualTo(Outcome.ALREADY_ISSUED);

    assertThat(state.totalStock()).isEqualTo(2);
    assertThat(state.remaining()).isEqualTo(1);
    assertThat(state.decide(request("bob", null)).rank()).isEqualTo(2);
  }

  @Test
  void aPeekIsNotRemembered() {
    var state = new RuleState(false, 1);
    assertThat(state.peek(request("ann", null)).rank()).isEqualTo(1);
    assertThat(state.decide(request("bob", null)).rank()).isEqualTo(1);
  }

  @Test
  void growthAddsAndNeverTakes() {
    var state = new RuleState(false, 1);
    state.decide(request("ann", null));
    state.growTo(3);
    assertThat(state.remaining()).isEqualTo(2);
    assertThat(state.decide(request("bob", null)).rank()).isEqualTo(2);
    state.growTo(2);
    assertThat(state.totalStock()).isEqualTo(3);
    assertThat(state.remaining()).isEqualTo(1);
  }

  private static Request request(String user, @Nullable String key) {
    return new Request(user, key);
  }
}
