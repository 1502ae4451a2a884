package io.firstcome.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.batch.run.BatchJob;
import io.firstcome.testing.FaultProxy;
import io.firstcome.testing.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineIT {
  private static final TestCampaigns CAMPAIGNS = new TestCampaigns();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int run(String... args) {
    return runOn(CAMPAIGNS.database.jdbcUrl(), args);
  }

  private int runOn(String jdbcUrl, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(CAMPAIGNS.settings(jdbcUrl));
    return new CommandLine(new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(all.toArray(String[]::new));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void done() {
    assertThat(run("--job=daily-statistics", "--date=2025-12-28")).isZero();
    var lines = said().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .matches("daily-statistics for 2025-12-28: COMPLETED in \\d+\\.\\d s, execution \\d+");
    assertThat(lines.getLast()).matches("\\d+ campaigns looked at, .*");
  }

  @Test
  void helpNamesEveryJobAndExitCode() throws Exception {
    assertThat(new CommandLine(new PrintStream(out)).run("--help")).isZero();
    try (var application = CAMPAIGNS.start()) {
      for (var job : application.getBeansOfType(BatchJob.class).values()) {
        assertThat(said()).contains("\n  " + job.name() + " ");
      }
    }
    assertThat(said()).contains("\n  0  ", "\n  1  ", "\n  2  ", "\n  3  ");
  }

  @Test
  void failed() {
    CAMPAIGNS.campaign("spring", 5, "UTC");
    CAMPAIGNS.jdbc.sql("UPDATE campaign SET failed = 1 WHERE name = 'spring'").update();
    assertThat(run("--job=daily-statistics", "--campaign=spring")).isEqualTo(1);
    assertThat(said()).contains(": FAILED in", "\n1 campaigns failed: spring (");
    CAMPAIGNS.jdbc.sql("DELETE FROM campaign").update();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--job=weekly",
        "--job=daily-statistics --date=2025-13-01",
        "--job=daily-statistics --date=9999-01-01",
        "--job=daily-statistics --campaign=nobody",
        "--job=metadata-retention --date=2025-12-28",
        "--job=daily-statistics --firstcome.batch.threads=0",
        "--job=daily-statistics --firstcome.time-zone=Mars",
        "--date=2025-12-28",
      })
  void refused(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(said()).startsWith("Refused: ").hasLineCount(1);
  }

  @Test
  void databaseAway() throws IOException {
    try (var proxy = new FaultProxy(CAMPAIGNS.database)) {
      proxy.goDown();
      assertThat(runOn(proxy.jdbcUrl(), "--job=metadata-retention")).isEqualTo(3);
      assertThat(said()).startsWith("Not done: the database cannot be reached").hasLineCount(1);
    }
  }

  @Test
  void databaseWithoutTables() {
    var empty = TestServers.get().newDatabase();
    assertThat(runOn(empty.jdbcUrl(), "--job=metadata-retention")).isEqualTo(3);
    assertThat(said()).startsWith("Not done: the database is not ready");
  }

  @Test
  void databaseLostInTheMiddle() throws Exception {
    for (int n = 1; n <= 300; n++) {
      CAMPAIGNS.campaign("lost-" + n, 5, "UTC");
    }
    CAMPAIGNS
        .jdbc
        .sql("INSERT INTO stats_pending SELECT id, '2025-12-28', 1, NOW() FROM campaign")
        .update();
    CAMPAIGNS
        .jdbc
        .sql("INSERT INTO stats_aggregation SELECT MAX(id), NOW() FROM campaign")
        .update();
    try (var proxy = new FaultProxy(CAMPAIGNS.database);
        var connection = CAMPAIGNS.dataSource.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT * FROM stats_aggregation FOR UPDATE");
      var code = TestCampaigns.async(() -> runOn(proxy.jdbcUrl(), "--job=daily-statistics"));
      CAMPAIGNS.awaitStatement("INSERT INTO stats_aggregation");
      proxy.goDown();
      connection.rollback();
      assertThat(code.join()).isEqualTo(3);
    }
    assertThat(run("--job=daily-statistics")).isZero();
    assertThat(CAMPAIGNS.pending()).isEmpty();
    CAMPAIGNS.jdbc.sql("DELETE FROM campaign").update();
  }
}
