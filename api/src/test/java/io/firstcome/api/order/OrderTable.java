package io.firstcome.api.order;

import io.firstcome.core.rule.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decisions as a person writes them down: partition, offset, second, and whether one mismatches.
 */
record OrderTable(List<DecidedRecord> records, List<Boolean> mismatches) {
  static final Instant MIDNIGHT = Instant.parse("2025-12-28T00:00:00Z");
  private static final Pattern ROW =
      Pattern.compile("(\\d+) +(\\d+) +(\\d+)(?: +(mismatch)\\b)?.*");

  static OrderTable twelveRows() {
    try {
      return of(Files.readString(Path.of("src/test/resources/order/twelve-rows.txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OrderTable of(String text) {
    var rows =
        text.lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .map(ROW::matcher)
            .peek(row -> {
              if (!row.matches()) {
                throw new IllegalArgumentException("not a row: " + row);
              }
            })
            .toList();
    return new OrderTable(
        rows.stream()
            .map(row ->
                decided(
                    Integer.parseInt(row.group(1)),
                    Long.parseLong(row.group(2)),
                    Long.parseLong(row.group(3))))
            .toList(),
        rows.stream().map(row -> row.group(4) != null).toList());
  }

  static DecidedRecord decided(int partition, long offset, long second) {
    return new DecidedRecord(
        partition,
        offset,
        "u-" + partition + "-" + offset,
        Outcome.SUCCESS,
        MIDNIGHT.plusSeconds(second),
        MIDNIGHT.plusSeconds(60));
  }
}
