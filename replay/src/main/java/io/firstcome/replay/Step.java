package io.firstcome.replay;

import io.firstcome.replay.Line.Own;
import io.firstcome.replay.Snapshot.StockChange;
import org.jspecify.annotations.Nullable;

/** What happened to a campaign before the next row was decided. */
sealed interface Step {
  /** Its stock grew. */
  record Growth(StockChange change) implements Step {}

  /**
   * A request was decided that the next row is not of.
   *
   * @param rowId its row, which comes later; null if it has none
   * @param earlyRow its row, if that has come before its time
   */
  record Skipped(Line line, Own own, @Nullable Long rowId, @Nullable Row earlyRow) implements Step {
    boolean isLate() {
      return rowId != null && earlyRow == null;
    }

    boolean isMissing() {
      return rowId == null;
    }
  }
}
