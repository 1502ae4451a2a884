package io.firstcome.api.order;

import io.firstcome.api.order.OrderAnalysis.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the order of decisions with the order of the log. A mismatch is a record that was
 * decided before another one that stands earlier in the log; docs/order-analysis.md has an example.
 *
 * <p>The records come from the last decided one to the first. So one look back is enough: a record
 * is a mismatch if the earliest of those seen so far is earlier than it. Time grows with the number
 * of records, memory does not.
 */
final class OrderCheck {
  static final int SAMPLES_MAX = 100;
  static final int SAMPLES_BEFORE_VIOLATION = 10;

  private final SortedMap<Integer, Long> records = new TreeMap<>();
  private final SortedMap<Integer, Long> mismatches = new TreeMap<>();
  // In the order of decisions.
  private final Deque<Sample> last = new ArrayDeque<>(SAMPLES_MAX + 1);
  private final SpreadSamples spread = new SpreadSamples();
  private List<Sample> aroundViolation = List.of();
  private int sinceViolation = -1;
  private @Nullable DecidedRecord earliest;

  /**
   * @param partitions those that are reported even if they have no record
   */
  OrderCheck(IntStream partitions) {
    partitions.forEach(partition -> count(partition, 0, 0));
  }

  /** Takes the record that was decided just before the one that was added before. */
  void add(DecidedRecord record) {
    boolean later = earliest != null && DecidedRecord.LOG_ORDER.compare(earliest, record) < 0;
    if (!later) {
      earliest = record;
    }
    count(record.partition(), 1, later ? 1 : 0);
    var sample = Sample.of(record, later);
    spread.add(sample);
    keep(sample);
  }

  private void count(int partition, long more, long moreMismatches) {
    records.merge(partition, more, Long::sum);
    mismatches.merge(partition, moreMismatches, Long::sum);
  }

  /** A later call may still find an earlier violation: then its surroundings count. */
  private void keep(Sample sample) {
    last.addFirst(sample);
    if (last.size() > SAMPLES_MAX) {
      last.removeLast();
    }
    if (sample.orderViolation()) {
      sinceViolation = 0;
    } else if (sinceViolation >= 0 && sinceViolation < SAMPLES_BEFORE_VIOLATION) {
      sinceViolation++;
      if (sinceViolation == SAMPLES_BEFORE_VIOLATION) {
        aroundViolation = List.copyOf(last);
      }
    }
  }

  /** By partition. */
  SortedMap<Integer, Long> records() {
    return records;
  }

  /** By partition, with the same keys. */
  SortedMap<Integer, Long> mismatches() {
    return mismatches;
  }

  /** Decisions evenly spread over all, in their order. */
  List<Sample> samplesOfWhole() {
    return spread.lastFirst();
  }

  /**
   * Consecutive decisions from a few before the first violation on, or from the first decision on
   * if there is none.
   */
  List<Sample> samplesAroundViolation() {
    return sinceViolation < SAMPLES_BEFORE_VIOLATION ? List.copyOf(last) : aroundViolation;
  }
}
