package io.firstcome.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignPhaseTest {

  /** Times are hours of one day. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          ACTIVE, -,  -,  12, OPEN
          ACTIVE, 13, -,  12, SCHEDULED
          ACTIVE, 12, -,  12, OPEN
          ACTIVE, -,  12, 11, OPEN
          ACTIVE, -,  12, 12, CLOSED
          PAUSED, -,  -,  12, PAUSED
          PAUSED, 13, -,  12, SCHEDULED
          PAUSED, -,  12, 12, CLOSED
          CLOSED, -,  -,  12, CLOSED
          CLOSED, 13, -,  12, CLOSED
          """)
  void followsModeAndWindow(
      CampaignMode mode,
      @Nullable Integer opensAt,
      @Nullable Integer closesAt,
      int now,
      CampaignPhase phase) {
    assertThat(
            CampaignPhase.at(
                Objects.requireNonNull(hour(now)), mode, hour(opensAt), hour(closesAt)))
        .isEqualTo(phase);
  }

  private static @Nullable Instant hour(@Nullable Integer hour) {
    return hour == null ? null : Instant.parse("2026-12-24T%02d:00:00Z".formatted(hour));
  }
}
