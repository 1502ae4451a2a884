package io.firstcome.api.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.order.OrderAnalysis.Sample;
import java.util.HashSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadSamplesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1, 0",
    "500, 500, 1",
    "501, 251, 2",
    "1000, 500, 2",
    "1001, 251, 4",
    "100000, 391, 256"
  })
  void areEvenlySpreadAndInOrder(int added, int kept, long apart) {
    var samples = new SpreadSamples();
    for (int i = added - 1; i >= 0; i--) {
      samples.add(Sample.of(OrderTable.decided(0, i, i), false));
    }

    var offsets = samples.lastFirst().stream().map(Sample::offset).toList();

    assertThat(offsets).hasSize(kept);
    var distances = new HashSet<Long>();
    for (int i = 1; i < offsets.size(); i++) {
      distances.add(offsets.get(i) - offsets.get(i - 1));
    }
    if (kept > 1) {
      assertThat(distances).containsExactly(apart);
      assertThat(offsets.getLast()).isEqualTo(added - 1);
    }
  }
}
