package io.firstcome.replay;

import io.firstcome.replay.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts all differences and keeps the first ones. */
final class Differences {
  private final List<Difference> first = new ArrayList<>();
  private long count;

  void add(Difference difference) {
    count++;
    if (first.size() < ReplayReport.DIFFERENCES_MAX) {
      first.add(difference);
    }
  }

  /** Of a row as it stands in the table. */
  void ofRow(Kind kind, Row row, @Nullable String expected, @Nullable String found) {
    add(new Difference(kind, row.part(), row.offset(), row.id(), row.userId(), expected, found));
  }

  /** Of a row whose request the log has. */
  void ofRow(Kind kind, Row row, Judged judged) {
    add(
        new Difference(
            kind,
            row.part(),
            row.offset(),
            row.id(),
            judged.userId(),
            judged.expected(),
            judged.found()));
  }

  /**
   * @param userId whom the log names
   */
  record Judged(String userId, @Nullable String expected, @Nullable String found) {}

  void ofPlace(
      int part, long offset, Kind kind, @Nullable String userId, @Nullable String expected) {
    add(new Difference(kind, part, offset, null, userId, expected, null));
  }

  void ofCampaign(Kind kind, String expected, String found) {
    add(new Difference(kind, null, null, null, null, expected, found));
  }

  long count() {
    return count;
  }

  List<Difference> first() {
    return first;
  }
}
