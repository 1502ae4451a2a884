package io.firstcome.api.participation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RushTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the first ones are none          | 0 0 0                  | - - -
          the fourth in ten milliseconds   | 0 1 2 9                | - - - rush
          too far apart                    | 0 1 2 10               | - - - -
          over and on again                | 0 1 2 3 20 21 22 23 24 | - - - rush - - - rush rush
          a clock below zero               | -9 -8 -7 -6 30         | - - - rush -
          """)
  void isOnWhileAsManyComeInTheTime(String name, String millis, String expected) {
    var rush = new Rush(3, Duration.ofMillis(10));
    List<String> seen = new ArrayList<>();
    for (var at : millis.split(" ", -1)) {
      seen.add(rush.note(Duration.ofMillis(Long.parseLong(at)).toNanos()) ? "rush" : "-");
    }
    assertThat(String.join(" ", seen)).as(name).isEqualTo(expected);
  }
}
