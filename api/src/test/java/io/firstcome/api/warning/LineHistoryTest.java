package io.firstcome.api.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.warning.LineHistory.Look;
import io.firstcome.api.warning.LineHistory.Verdict;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineHistoryTest {
  private static final Instant START = Instant.parse("2026-12-24T11:00:00Z");

  /** Looks as {@code second:next/end}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing was seen           |                                    |
          nothing waits              | 0:5/5 5:5/5 30:5/5                 |
          the first request has come | 0:5/5 20:5/5 25:5/6                |
          it waits for 20 s          | 0:5/5 5:5/6 15:5/6 25:5/6          | standstill 5 1
          and others come            | 0:5/6 10:5/7 20:5/9                | standstill 0 4
          something is decided       | 0:5/9 10:6/9 20:6/9                |
          nothing waited in between  | 0:5/6 5:5/6 10:5/5 15:5/6 25:5/6   |
          a long line gets shorter   | 0:0/9000 15:2000/9000 30:4000/9000 |
          it grows and is short      | 0:0/10 15:1500/1520 30:3000/3030   |
          it grows and is long       | 0:0/1000 15:1500/4500 30:3000/9000 | growing 0 6000 60
          it has grown once          | 0:0/4000 15:1500/4500 30:3000/9000 |
          too few looks to say so    | 0:0/1000 15:1500/9000              |
          that was long ago          | 0:5/6 61:5/6 70:5/6                |
          """)
  void says(String what, String looks, String expected) {
    var history = new LineHistory();
    Stream.ofNullable(looks)
        .flatMap(text -> Stream.of(text.split(" ", -1)))
        .forEach(text -> {
          var numbers = text.split("[:/]", -1);
          history.add(
              new Look(
                  START.plusSeconds(Long.parseLong(numbers[0])),
                  Long.parseLong(numbers[1]),
                  Long.parseLong(numbers[2])));
        });
    assertThat(history.verdict().map(LineHistoryTest::text).orElse(null))
        .as(what)
        .isEqualTo(expected);
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Standstill(var since, var lag) -> "standstill " + seconds(since) + " " + lag;
      case Verdict.Growing(var since, var lag, var wait) ->
          "growing " + seconds(since) + " " + lag + " " + wait;
    };
  }

  private static long seconds(Instant at) {
    return at.getEpochSecond() - START.getEpochSecond();
  }
}
