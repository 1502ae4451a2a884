package io.firstcome.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every log, checked on random ones; a failure names its seed. */
class ParticipationRulePropertyTest {
  private static final int RUNS = 500;

  record Run(
      long seed, boolean repeatable, long stock, List<Request> requests, List<Integer> sizes) {
    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  static Stream<Run> runs() {
    return LongStream.range(0, RUNS).mapToObj(ParticipationRulePropertyTest::run);
  }

  private static Run run(long seed) {
    var random = new Random(seed);
    int count = random.nextInt(1, 200);
    int users = random.nextInt(1, 100);
    var requests = new ArrayList<Request>();
    for (int i = 0; i < count; i++) {
      var key = random.nextInt(3) == 0 ? "k" + random.nextInt(4) : null;
      requests.add(new Request("u" + random.nextInt(users), key));
    }
    var sizes = new ArrayList<Integer>();
    for (int left = count; left > 0; left -= sizes.getLast()) {
      sizes.add(random.nextInt(1, left + 1));
    }
    return new Run(seed, random.nextBoolean(), random.nextInt(1, 120), requests, sizes);
  }

  private static List<Decision> inOnePass(Run run) {
    return new CampaignOnPaper(run.repeatable(), run.stock()).decide(run.requests());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void splitsAnywhereWithTheSameDecisions(Run run) {
    var inBatches =
        new CampaignOnPaper(run.repeatable(), run.stock())
            .decideInBatches(run.requests(), run.sizes());
    assertThat(inBatches).isEqualTo(inOnePass(run));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void neverGivesMoreThanTheStockAndRanksWithoutGaps(Run run) {
    var ranks = inOnePass(run).stream().filter(Decision::takesStock).map(Decision::rank).toList();
    assertThat((long) ranks.size()).isLessThanOrEqualTo(run.stock());
    assertThat(ranks).isEqualTo(LongStream.rangeClosed(1, ranks.size()).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void servesTheFirstInOrder(Run run) {
    var decisions = inOnePass(run);
    // The winners are the first requests in order that are nobody's second one, up to the stock.
    var seen = new HashSet<String>();
    long left = run.stock();
    for (int i = 0; i < decisions.size(); i++) {
      var key = run.requests().get(i).dedupKey(run.repeatable());
      boolean first = key == null || seen.add(key);
      boolean wins = first && left > 0;
      left -= wins ? 1 : 0;
      assertThat(decisions.get(i).takesStock()).as("request %d", i).isEqualTo(wins);
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void givesTheSameRequestTheSameAnswer(Run run) {
    var decisions = inOnePass(run);
    var firstAnswers = new HashMap<Request, Decision>();
    for (int i = 0; i < decisions.size(); i++) {
      var request = run.requests().get(i);
      var decision = decisions.get(i);
      if (decision.repeat()) {
        var first = Objects.requireNonNull(firstAnswers.get(request), () -> "repeat of nothing");
        assertThat(decision.outcome()).isEqualTo(first.outcome());
        assertThat(decision.rank()).isEqualTo(first.rank());
      }
      if (decision.dedupKey() != null) {
        firstAnswers.put(request, decision);
      }
    }
  }
}
