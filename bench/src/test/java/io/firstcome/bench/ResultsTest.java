package io.firstcome.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.bench.Results.Metric;
import io.firstcome.bench.Results.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final Metric RATE = new Metric("rate", "1/s");

  @Test
  void comparesRoundByRound() {
    var results = new Results();
    // The second round was disturbed: both are slow in it, and the ratio tells.
    for (var rates :
        List.of(List.of(1_000.0, 100.0), List.of(100.0, 10.0), List.of(900.0, 100.0))) {
      results.add(RATE, "ours", rates.get(0));
      results.add(RATE, "theirs", rates.get(1));
    }
    assertThat(results.ratio(RATE, "ours", "theirs")).isEqualTo(new Spread(10, 9, 10));
    assertThat(results.spread(RATE, "ours")).isEqualTo(new Spread(900, 100, 1_000));
  }

  @Test
  void hasNoRatioOfWhatWasNotMeasured() {
    var results = new Results();
    results.add(RATE, "ours", 1);
    assertThat(results.ratio(RATE, "ours", "theirs")).isNull();
  }

  @Test
  void takesTheMiddleOfAnEvenNumber() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
  }

  @Test
  void judgesByTheWorstRound() {
    var results = new Results();
    for (double value : List.of(2.0, 2.9, 1.0)) {
      results.add(SyncAgainstLog.STEADY_MEAN, Doors.OURS, value);
    }
    for (double value : List.of(1.0, 7.0, 1.0)) {
      results.add(SyncAgainstLog.STEADY_P95, Doors.OURS, value);
    }
    var verdicts = Goals.judge(results);
    assertThat(verdicts).hasSize(2);
    assertThat(verdicts.get(0).isReached()).isTrue();
    assertThat(verdicts.get(0).range()).isEqualTo("1.00 to 2.90");
    assertThat(verdicts.get(1).isReached()).isFalse();
  }

  @Test
  void showsThreeDigitsThatMeanSomething() {
    assertThat(List.of(0.0, 0.12345, 1.2345, 12.345, 123.45, 12345.6).stream().map(Figures::of))
        .containsExactly("0", "0.123", "1.23", "12.3", "123", "12,346");
  }
}
