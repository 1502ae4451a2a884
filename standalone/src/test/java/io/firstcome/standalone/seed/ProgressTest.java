package io.firstcome.standalone.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0       | 1000000 | 3   | '  0%  0 of 1,000,000 rows'
          250000  | 1000000 | 10  | ' 25%  250,000 of 1,000,000 rows, 25,000 a second, 30 s left'
          10      | 1000    | 1   | '  1%  10 of 1,000 rows, 10 a second, 1 min 39 s left'
          1       | 4       | 2   | ' 25%  1 of 4 rows, 0.5 a second, 6 s left'
          1000000 | 1000000 | 40  | '100%  1,000,000 of 1,000,000 rows, 25,000 a second, 0 s left'
          """)
  void saysHowFarAndHowLong(long done, long total, long seconds, String line) {
    assertThat(Progress.line("rows", done, total, Duration.ofSeconds(seconds))).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, [..............................]",
    "1, 3, [##########....................]",
    "3, 3, [##############################]",
    "99999999, 100000000, [#############################.]"
  })
  void theBarIsFullAtTheEndOnly(long done, long total, String bar) {
    assertThat(Progress.bar(done, total)).isEqualTo(bar);
  }
}
