package io.firstcome.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # schedule     | zone          | until                | last due
          0 2 * * *      | Asia/Seoul    | 2026-11-20T17:00:00Z | 2026-11-20T17:00:00Z
          0 2 * * *      | Asia/Seoul    | 2026-11-20T16:59:59Z | 2026-11-19T17:00:00Z
          0 2 * * *      | UTC           | 2026-11-20T01:59:59Z | 2026-11-19T02:00:00Z
          */15 * * * *   | UTC           | 2026-11-20T01:59:59Z | 2026-11-20T01:45:00Z
          # the clock goes from 02:00 to 03:00, and the day before was the last
          30 2 * * *     | Europe/Berlin | 2026-03-29T10:00:00Z | 2026-03-28T01:30:00Z
          30 2 * * *     | Europe/Berlin | 2026-03-30T00:30:00Z | 2026-03-30T00:30:00Z
          # the clock goes from 03:00 back to 02:00
          30 2 * * *     | Europe/Berlin | 2026-10-25T00:59:00Z | 2026-10-25T00:30:00Z
          30 2 * * *     | Europe/Berlin | 2026-10-25T10:00:00Z | 2026-10-25T01:30:00Z
          30 2 * * *     | Europe/Berlin | 2026-10-26T01:29:00Z | 2026-10-25T01:30:00Z
          # Friday is 2026-11-20
          0 2 * * 5      | UTC           | 2026-11-26T12:00:00Z | 2026-11-20T02:00:00Z
          0 2 * * FRI    | UTC           | 2026-11-26T12:00:00Z | 2026-11-20T02:00:00Z
          0 2 1 * *      | UTC           | 2026-11-26T12:00:00Z | 2026-11-01T02:00:00Z
          # either of two days, as in cron
          0 2 1 * 5      | UTC           | 2026-11-26T12:00:00Z | 2026-11-20T02:00:00Z
          0 2 24 * 5     | UTC           | 2026-11-26T12:00:00Z | 2026-11-24T02:00:00Z
          0 2 29 2 *     | UTC           | 2026-11-26T12:00:00Z | 2024-02-29T02:00:00Z
          0 2 29 2 *     | UTC           | 2104-02-29T01:00:00Z | 2096-02-29T02:00:00Z
          """)
  void lastDue(String cron, ZoneId zone, Instant until, Instant due) {
    assertThat(Schedule.of(cron).lastDue(until, zone)).contains(due);
  }

  @Test
  void neverDue() {
    assertThat(Schedule.of("-").lastDue(Instant.now(), ZoneId.of("UTC"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0 2 * *", "0 0 2 * * *", "@daily", "60 2 * * *", "a 2 * * *", "0 2 31 2 *"})
  void refusesWithASentence(String cron) {
    assertThatThrownBy(() -> Schedule.of(cron))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("firstcome.batch.schedule must be five fields as in 0 2 * * *");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # zone          | now                  | grace | date
          Asia/Seoul      | 2026-11-20T18:00:00Z | 1h    | 2026-11-20
          Asia/Seoul      | 2026-11-20T17:59:59Z | 1h    | 2026-11-19
          Asia/Seoul      | 2026-11-20T17:00:00Z | 0h    | 2026-11-20
          America/Chicago | 2026-11-20T09:00:00Z | 1h    | 2026-11-19
          # 02:00 is left out on the 29th: nothing was due for the 28th
          Europe/Berlin   | 2026-03-29T22:00:00Z | 1h    | 2026-03-27
          Europe/Berlin   | 2026-03-30T01:00:00Z | 1h    | 2026-03-29
          # 02:00 comes twice on the 25th: for the same day
          Europe/Berlin   | 2026-10-25T01:00:00Z | 1h    | 2026-10-24
          Europe/Berlin   | 2026-10-25T02:00:00Z | 1h    | 2026-10-24
          """)
  void theRunIsForTheDayBefore(ZoneId zone, Instant now, String grace, LocalDate date) {
    var due =
        DueRun.last(Schedule.of("0 2 * * *"), zone, now, Duration.parse("PT" + grace))
            .orElseThrow();

    assertThat(due.date()).isEqualTo(date);
  }
}
