package io.firstcome.api.statistics;

import io.firstcome.core.rule.Outcome;
import java.util.Locale;

/** Counted requests by what they got. Repeats of a request are not among them. */
record Counts(long success, long alreadyIssued, long outOfStock) {
  static final Counts NONE = new Counts(0, 0, 0);

  static Counts of(Outcome outcome, long count) {
    return switch (outcome) {
      case SUCCESS -> new Counts(count, 0, 0);
      case ALREADY_ISSUED -> new Counts(0, count, 0);
      case OUT_OF_STOCK -> new Counts(0, 0, count);
    };
  }

  Counts plus(Counts other) {
    return new Counts(
        success + other.success,
        alreadyIssued + other.alreadyIssued,
        outOfStock + other.outOfStock);
  }

  long fail() {
    return alreadyIssued + outOfStock;
  }

  long total() {
    return success + fail();
  }

  /** Successes of all in percent, as in "76.00%"; "0.00%" of none. */
  String successRate() {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * success / Math.max(1, total()));
  }
}
