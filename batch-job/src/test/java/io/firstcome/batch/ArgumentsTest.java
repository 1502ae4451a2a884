package io.firstcome.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.batch.run.JobRefusedException;
import io.firstcome.batch.run.JobRequest;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  @Test
  void jobAlone() {
    assertThat(Arguments.parse("--job=metadata-retention"))
        .isEqualTo(new Arguments(new JobRequest("metadata-retention", null, null), List.of()));
  }

  @Test
  void everythingWithSettings() {
    assertThat(
            Arguments.parse(
                "--spring.datasource.url=jdbc:mysql://a/b?c=d",
                "--date=2025-12-28",
                "--job=daily-statistics",
                "--campaign=summer",
                "--run-label=a=b",
                "--firstcome.batch.threads=2"))
        .isEqualTo(
            new Arguments(
                new JobRequest("daily-statistics", LocalDate.of(2025, 12, 28), "summer", "a=b"),
                List.of(
                    "--spring.datasource.url=jdbc:mysql://a/b?c=d",
                    "--firstcome.batch.threads=2")));
  }

  @Test
  void helpBeforeEverythingElse() {
    assertThat(Arguments.parse("--help", "nonsense")).isEqualTo(new Arguments(null, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                      | --job=NAME is missing
          --job                                   | --job needs a value
          --job=                                  | --job needs a value
          --job=a --job=b                         | --job is there twice
          --job=a --date=2025-12-32               | --date=2025-12-32 is not a day
          --job=a --date=2025-02-29               | --date=2025-02-29 is not a day
          --job=a --date=28.12.2025               | written as in --date=2025-12-28
          --job=a --day=2025-12-28                | --day is unknown
          --job=a --day=1.5                       | --day is unknown
          --job=a daily-statistics                | daily-statistics is unknown
          --job=a --run-label=                    | --run-label needs a value
          """)
  void refuses(String line, String message) {
    var args = line.isEmpty() ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> Arguments.parse(args))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesALabelThatNobodyCanFind() {
    assertThat(Arguments.parse("--job=a", "--run-label=" + "x".repeat(100)).request()).isNotNull();
    assertThatThrownBy(() -> Arguments.parse("--job=a", "--run-label=" + "x".repeat(101)))
        .isInstanceOf(JobRefusedException.class);
  }
}
