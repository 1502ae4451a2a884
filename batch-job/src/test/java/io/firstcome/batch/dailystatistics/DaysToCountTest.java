package io.firstcome.batch.dailystatistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysToCountTest {
  /** Clocks in Berlin go forward on 2025-03-30 and back on 2025-10-26. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # yesterday
          2025-12-28 | Asia/Seoul | 2025-12-28T15:00:00Z | | 2025-12-28
          # today
          2025-12-28 | Asia/Seoul | 2025-12-28T14:59:59Z | | 2025-12-28
          # first moment
          2025-12-29 | Asia/Seoul | 2025-12-28T15:00:00Z | | 2025-12-29
          # has not begun
          2025-12-29 | Asia/Seoul | 2025-12-28T14:59:59Z | |
          # begins here first
          2025-12-28 | Pacific/Kiritimati | 2025-12-27T10:00:00Z | | 2025-12-28
          # begins here last
          2025-12-28 | Pacific/Pago_Pago | 2025-12-28T10:59:59Z | |
          # pending
          2025-12-28 | Asia/Seoul | 2025-12-29T00:00:00Z | 2025-12-28 | 2025-12-28
          # not over
          2025-12-28 | Asia/Seoul | 2025-12-29T00:00:00Z | 2025-12-29 | 2025-12-28
          # today
          2025-12-29 | Asia/Seoul | 2025-12-29T00:00:00Z | 2025-12-29 | 2025-12-29
          # late days
          2025-12-28 | Asia/Seoul | 2025-12-29T00:00:00Z | 2025-11-02 | 2025-11-02,2025-12-28
          # ahead
          2025-12-28 | Asia/Seoul | 2025-12-29T00:00:00Z | 2026-01-01 | 2025-12-28
          # 23 h
          2025-03-01 | Europe/Berlin | 2025-03-30T21:59:59Z | 2025-03-30 | 2025-03-01
          # 23 h over
          2025-03-01 | Europe/Berlin | 2025-03-30T22:00:00Z | 2025-03-30 | 2025-03-01,2025-03-30
          # 25 h
          2025-03-01 | Europe/Berlin | 2025-10-26T22:59:59Z | 2025-10-26 | 2025-03-01
          # 25 h over
          2025-03-01 | Europe/Berlin | 2025-10-26T23:00:00Z | 2025-10-26 | 2025-03-01,2025-10-26
          """)
  void days(LocalDate asked, ZoneId zone, Instant now, String pending, String expected) {
    assertThat(DaysToCount.of(asked, zone, now, dates(pending)))
        .containsExactlyElementsOf(dates(expected));
  }

  private static List<LocalDate> dates(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(LocalDate::parse).collect(Collectors.toList());
  }
}
