package io.firstcome.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDayTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2025-12-28T14:59:59.999999Z | Asia/Seoul       | 2025-12-28 | 24
          2025-12-28T15:00:00Z        | Asia/Seoul       | 2025-12-29 | 24
          2026-03-29T12:00:00Z        | Europe/Berlin    | 2026-03-29 | 23
          2026-10-25T12:00:00Z        | Europe/Berlin    | 2026-10-25 | 25
          2026-03-08T04:59:59Z        | America/New_York | 2026-03-07 | 24
          2026-01-01T00:00:00Z        | UTC              | 2026-01-01 | 24
          2026-01-01T05:44:00Z        | Asia/Kathmandu   | 2026-01-01 | 24
          """)
  void aMomentBelongsToTheDayOfItsZone(Instant moment, ZoneId zone, LocalDate date, int hours) {
    var day = BusinessDay.of(moment, zone);

    assertThat(day.date()).isEqualTo(date);
    assertThat(moment).isBetween(day.start(), day.end().minusNanos(1));
    assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(hours));
  }

  @Test
  void onlyRegionsAreZones() {
    assertThat(BusinessDay.isZone("Asia/Seoul")).isTrue();
    assertThat(BusinessDay.isZone("UTC")).isTrue();
    assertThat(BusinessDay.isZone("+09:00")).isFalse();
    assertThat(BusinessDay.isZone("seoul")).isFalse();
  }
}
