package io.firstcome.standalone.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.standalone.RefusedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -                                            | 1000000 20 30 .firstcome
          --rows 7 --campaigns=7 --days 1 --data /d    | 7 7 1 /d
          --rows=100000000 --campaigns 1000 --days=366 | 100000000 1000 366 .firstcome
          --remove --data=/d                           | 1000000 20 30 /d remove
          --help                                       | 1000000 20 30 .firstcome help
          """)
  void everyOptionIsRead(String line, String expected) {
    var options = SeedOptions.parse(line.equals("-") ? new String[0] : line.split(" "));
    var read =
        "%d %d %d %s"
            .formatted(options.rows(), options.campaigns(), options.days(), options.data());
    read += options.remove() ? " remove" : "";
    read += options.help() ? " help" : "";
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rows 0                | --rows must be 1 to 100000000, not 0.
          --rows 100000001        | --rows must be 1 to 100000000, not 100000001.
          --rows=-1               | --rows must be 1 to 100000000, not -1.
          --rows 1e6              | --rows must be 1 to 100000000, not 1e6.
          --rows=99999999999      | --rows must be 1 to 100000000, not 99999999999.
          --rows                  | --rows needs a value, see --help.
          --campaigns 0           | --campaigns must be 1 to 1000, not 0.
          --campaigns 1001        | --campaigns must be 1 to 1000, not 1001.
          --rows 19               | --campaigns must not be more than --rows, was 20 of 19.
          --days 0                | --days must be 1 to 366, not 0.
          --days 367              | --days must be 1 to 366, not 367.
          --data                  | --data needs a value, see --help.
          --day 1                 | Unknown option --day, see --help.
          --remove --rows 5       | --remove takes all that was generated: only --data fits to it.
          """)
  void mistakesAreRefusedInOneLine(String line, String message) {
    assertThatThrownBy(() -> SeedOptions.parse(line.split(" ")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
  }

  @Test
  void theHelpNamesEveryOption() throws IOException {
    assertThat(SeedOptions.helpText())
        .contains("--rows", "--campaigns", "--days", "--data", "--remove", "--help");
  }
}
