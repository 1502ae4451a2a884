package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void nothingToDefaults() {
    assertThat(Options.parse())
        .isEqualTo(
            new Options(8080, 0, Path.of(".firstcome"), null, null, Schedule.DEFAULT, false));
    assertThat(Schedule.DEFAULT).isEqualTo(new Schedule("0 2 * * *", ZoneId.of("Asia/Seoul")));
  }

  @Test
  void everyOptionIsRead() {
    var parsed =
        Options.parse(
            "--port",
            "1234",
            "--management-port=1235",
            "--data",
            "a b",
            "--kafka",
            "k:1",
            "--mysql",
            "db:3306/sale",
            "--batch-schedule=30 4 * * 1-5",
            "--time-zone",
            "Europe/Berlin",
            "--help");
    assertThat(parsed)
        .isEqualTo(
            new Options(
                1234,
                1235,
                Path.of("a b"),
                "k:1",
                "jdbc:mysql://db:3306/sale",
                new Schedule("30 4 * * 1-5", ZoneId.of("Europe/Berlin")),
                true));
  }

  @Test
  void aJdbcAddressIsTakenAsItIs() {
    var address = "jdbc:mysql://db/sale?sslMode=REQUIRED";
    assertThat(Options.parse("--mysql=" + address).mysql()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --prot 1         | Unknown option --prot, see --help.
          up               | Unknown option up, see --help.
          --port           | --port needs a value, see --help.
          --port=0         | --port must be 1 to 65535, not 0.
          --port 65536     | --port must be 1 to 65535, not 65536.
          --port x         | --port must be 1 to 65535, not x.
          --time-zone=KST  | --time-zone must name a zone as in Asia/Seoul or UTC, not KST.
          --mysql db       | --mysql must be host:port/database or start with jdbc:mysql:, not db.
          """)
  void mistakesAreRefusedInOneLine(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 2 * *", "0 0 2 * * *", "60 2 * * *", "daily", "@daily"})
  void aScheduleHasFiveFields(String cron) {
    assertThatThrownBy(() -> Options.parse("--batch-schedule", cron))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("five fields as in \"0 2 * * *\"")
        .hasMessageContaining(cron);
    assertThat(Options.parse("--batch-schedule", "-").schedule().isNever()).isTrue();
  }

  @Test
  void theHelpNamesEveryOption() throws IOException {
    assertThat(Options.helpText())
        .contains("--port", "--management-port", "--data", "--kafka", "--mysql", "--help")
        .contains("--batch-schedule", "--time-zone");
  }

  @Test
  void aDatabaseOutsideNeedsAnAccount() {
    assertThatThrownBy(() -> DatabaseAddress.outside("jdbc:mysql://db/sale", Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("FIRSTCOME_MYSQL_USER");
  }

  @Test
  void secretsAreNotInTheText() {
    var account = Map.of("FIRSTCOME_MYSQL_USER", "u", "FIRSTCOME_MYSQL_PASSWORD", "hidden");
    assertThat(DatabaseAddress.outside("jdbc:mysql://db/sale", account).toString())
        .contains("u")
        .doesNotContain("hidden");
    assertThat(new Secrets("hidden", null, false, "hidden").toString()).doesNotContain("hidden");
  }
}
