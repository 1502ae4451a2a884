package io.firstcome.standalone.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void partsAreInProportion() {
    assertThat(Shares.of(1_000, new double[] {5, 3, 2})).containsExactly(500L, 300L, 200L);
  }

  @Test
  void eachGetsOneWhileThereAreEnough() {
    assertThat(Shares.of(3, new double[] {1_000, 1, 1})).containsExactly(1L, 1L, 1L);
    assertThat(Shares.of(2, new double[] {1, 1, 1_000})).containsExactly(1L, 1L, 0L);
  }

  @RepeatedTest(50)
  void theSumIsExact(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    long total = random.nextLong(1, 5_000);
    var weights = random.doubles(random.nextInt(1, 1_000), 0.01, 10).toArray();
    var parts = Shares.of(total, weights);
    assertThat(parts).hasSize(weights.length);
    assertThat(parts.stream().mapToLong(part -> part).sum()).isEqualTo(total);
    assertThat(parts).allMatch(part -> part >= Math.min(1, total / weights.length));
  }
}
