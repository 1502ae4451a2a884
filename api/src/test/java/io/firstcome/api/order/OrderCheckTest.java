package io.firstcome.api.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.order.OrderAnalysis.Sample;
import io.firstcome.api.order.OrderAnalysis.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderCheckTest {
  @Test
  void countsTheTwelveRowsAsAPersonDoes() {
    var table = OrderTable.twelveRows();

    var analysis = analyse(table.records(), 3);

    assertThat(analysis.summary()).isEqualTo(new OrderAnalysis.Summary(12, 5, "58.33%", 3));
    assertThat(analysis.partitionDistribution()).isEqualTo(Map.of(0, 7L, 1, 5L, 2, 0L));
    assertThat(analysis.partitionMismatches()).isEqualTo(Map.of(0, 2L, 1, 3L, 2, 0L));
    assertThat(analysis.samples()).extracting(Sample::orderViolation).isEqualTo(table.mismatches());
    assertThat(analysis.samples())
        .extracting(Sample::offset)
        .containsExactly(0L, 1L, 2L, 0L, 1L, 3L, 2L, 4L, 3L, 5L, 4L, 6L);
  }

  @Test
  void ofTheSameInstantTheLowerPartitionThenTheLowerOffsetIsEarlier() {
    assertThat(violations("0 0 5\n1 0 5")).containsExactly(false, false);
    assertThat(violations("1 0 5\n0 0 5")).containsExactly(true, false);
    assertThat(violations("0 7 5\n0 8 5")).containsExactly(false, false);
    assertThat(violations("0 8 5\n0 7 5")).containsExactly(true, false);
    assertThat(violations("0 9 5\n1 1 5\n0 7 4")).containsExactly(true, true, false);
  }

  @Test
  void nothingAndOneRowAreInOrder() {
    var none = analyse(List.of(), 4);
    assertThat(none.summary()).isEqualTo(new OrderAnalysis.Summary(0, 0, "100.00%", 4));
    assertThat(none.partitionDistribution()).isEqualTo(Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L));
    assertThat(none.samples()).isEmpty();

    var one = analyse(OrderTable.of("0 0 1").records(), 1);
    assertThat(one.summary()).isEqualTo(new OrderAnalysis.Summary(1, 0, "100.00%", 1));
    assertThat(one.samples()).hasSize(1);
  }

  @Test
  void isPerfectOnlyWithoutAnyMismatch() {
    var records = new ArrayList<>(inOrder(100_000));
    swap(records, 5);
    assertThat(analyse(records, 1).summary().orderAccuracy()).isEqualTo("99.99%");
  }

  @Test
  void agreesWithLookingAtEveryPair() {
    var random = RandomGenerator.of("L64X128MixRandom");
    for (int round = 0; round < 200; round++) {
      int rows = random.nextInt(1, 40);
      var records =
          IntStream.range(0, rows)
              .mapToObj(i -> OrderTable.decided(random.nextInt(3), i, random.nextInt(20)))
              .toList();
      var expected = new ArrayList<Boolean>();
      for (int i = 0; i < rows; i++) {
        var mine = records.get(i);
        expected.add(
            records.subList(i + 1, rows).stream()
                .anyMatch(later -> DecidedRecord.LOG_ORDER.compare(later, mine) < 0));
      }
      assertThat(analyse(records, 3).samples())
          .as(records.toString())
          .extracting(Sample::orderViolation)
          .isEqualTo(expected);
    }
  }

  @Test
  void showsWhatIsAroundTheFirstViolation() {
    var records = new ArrayList<>(inOrder(1_000));
    swap(records, 300);
    swap(records, 400);
    swap(records, 900);

    var samples = analyse(records, 1).samples();

    assertThat(samples)
        .extracting(Sample::offset)
        .startsWith(290L, 291L)
        .contains(301L, 300L)
        .endsWith(389L)
        .hasSize(100);
    assertThat(samples.get(10).orderViolation()).isTrue();
    assertThat(samples).filteredOn(Sample::orderViolation).hasSize(1);
  }

  @Test
  void showsTheSurroundingsAtBothEnds() {
    var records = new ArrayList<>(inOrder(500));
    swap(records, 3);
    assertThat(offsets(records)).startsWith(0L, 1L, 2L, 4L, 3L).hasSize(100).endsWith(99L);

    records = new ArrayList<>(inOrder(500));
    swap(records, 10);
    assertThat(offsets(records)).startsWith(0L).hasSize(100).endsWith(99L);

    records = new ArrayList<>(inOrder(500));
    swap(records, 498);
    assertThat(offsets(records)).startsWith(488L).hasSize(12).endsWith(499L, 498L);

    assertThat(offsets(inOrder(500))).startsWith(0L).hasSize(100).endsWith(99L);
  }

  private static List<Long> offsets(List<DecidedRecord> records) {
    return analyse(records, 1).samples().stream().map(Sample::offset).toList();
  }

  private static List<Boolean> violations(String table) {
    return analyse(OrderTable.of(table).records(), 2).samples().stream()
        .map(Sample::orderViolation)
        .toList();
  }

  private static List<DecidedRecord> inOrder(int rows) {
    return LongStream.range(0, rows).mapToObj(i -> OrderTable.decided(0, i, i)).toList();
  }

  /** Decides one record after the next one. */
  private static void swap(List<DecidedRecord> records, int index) {
    records.set(index, records.set(index + 1, records.get(index)));
  }

  private static OrderAnalysis analyse(List<DecidedRecord> inDecisionOrder, int partitions) {
    var check = new OrderCheck(IntStream.range(0, partitions));
    inDecisionOrder.reversed().forEach(check::add);
    return OrderAnalysis.of(1, check, Samples.VIOLATION, 0);
  }
}
