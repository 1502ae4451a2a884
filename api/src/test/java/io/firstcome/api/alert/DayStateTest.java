package io.firstcome.api.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayStateTest {
  private static final DueRun DUE =
      new DueRun(Instant.parse("2026-11-20T17:00:00Z"), LocalDate.parse("2026-11-20"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # campaigns | completed | left out | missed
          false       | false     | 0        | false
          false       | true      | 0        | false
          true        | false     | 0        | true
          true        | true      | 0        | false
          true        | true      | 1        | true
          true        | false     | 1        | true
          """)
  void missed(boolean hadCampaigns, boolean completed, long leftOut, boolean missed) {
    assertThat(new DayState(hadCampaigns, completed, leftOut, List.of()).isMissed())
        .isEqualTo(missed);
  }

  @Test
  void saysWhichDayAndWhatToDo() {
    var alert = new DayState(true, false, 7, List.of("a", "b")).alert(DUE, "https://f.example");

    assertThat(alert)
        .isEqualTo(
            new Alert(
                "missed:2026-11-20",
                AlertKind.MISSED,
                "The daily statistics of 2026-11-20 are missing",
                """
                Due at 2026-11-20T17:00:00Z (UTC): no run for this date has completed.
                Not aggregated: 7 campaigns (a, b and 5 more)
                What to do: see why the run did not start or finish, then make it again: \
                POST https://f.example/api/admin/batch/aggregate?date=2026-11-20\
                """,
                "POST https://f.example/api/admin/batch/aggregate?date=2026-11-20"));
  }

  @Test
  void saysThatTheRunWasThereButLeftSomethingOut() {
    assertThat(new DayState(true, true, 1, List.of("a")).alert(DUE, "").details())
        .contains("a run for this date has completed, but it left something out.")
        .contains("Not aggregated: 1 campaign (a)\n");
    assertThat(new DayState(true, false, 0, List.of()).alert(DUE, "").details())
        .contains("Not aggregated: no campaign has requests that wait for it.\n");
  }
}
