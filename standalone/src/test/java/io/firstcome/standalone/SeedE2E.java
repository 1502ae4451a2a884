package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.core.rule.CampaignState;
import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.ParticipationRule;
import io.firstcome.core.rule.Request;
import io.firstcome.embedded.FreePorts;
import io.firstcome.standalone.LauncherFolder.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code ./firstcome seed} on a running product, from filling it to taking all away again. */
@EnabledOnOs(OS.LINUX)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SeedE2E {
  private static final int REFUSED = 2;
  private static final int TERMINATED = 143;
  private static final long ROWS = 20_000;
  private static final int CAMPAIGNS = 7;
  private static final int DAYS = 7;

  private final String port = Integer.toString(FreePorts.next());
  private LauncherFolder launcher;
  private Path data;
  private Path connectionFile;
  private Ended notRunning;
  private JdbcClient jdbc;

  private record GeneratedCampaign(
      long id,
      String displayName,
      long totalStock,
      long remaining,
      long failed,
      boolean repeatable,
      String timeZone) {}

  private record Row(LocalDateTime loggedAt, Request request, Decision decision) {}

  @BeforeAll
  void start() throws Exception {
    launcher = new LauncherFolder("seed");
    data = launcher.resolve("data");
    connectionFile = data.resolve("connection.properties");
    notRunning = seed();
    var management = Integer.toString(FreePorts.next());
    var up =
        launcher.run(
            "up",
            "--detach",
            "--data=" + data,
            "--port=" + port,
            "--management-port=" + management);
    assertThat(up.code()).as(up.err()).isZero();
    var product = ConnectionFile.read(data).orElseThrow();
    jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                product.jdbcUrl() + "?connectionTimeZone=UTC", product.user(), product.password()));
  }

  @AfterAll
  void nothingIsLeft() {
    launcher.processes().forEach(ProcessHandle::destroyForcibly);
  }

  private Ended seed(String... options) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("seed", "--data", data.toString()));
    arguments.addAll(List.of(options));
    return launcher.run(arguments.toArray(String[]::new));
  }

  private static void assertRefused(Ended ended, String sentence) {
    assertThat(ended.errLines()).containsExactly(sentence);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(REFUSED);
  }

  @Test
  @Order(1)
  void withoutARunningProductItSaysSo() {
    assertRefused(
        notRunning,
        "Firstcome is not running on %s. Start it first: ./firstcome up --detach".formatted(data));
  }

  @Test
  @Order(1)
  void theConnectionsAreForTheOwnerOnly() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(connectionFile)))
        .isEqualTo("rw-------");
  }

  @Test
  @Order(1)
  void refusesAndHelps() throws Exception {
    assertRefused(seed("--rows=0"), "--rows must be 1 to 100000000, not 0.");
    assertRefused(launcher.run("seed", "--data"), "--data needs a value, see --help.");
    var help = launcher.run("seed", "--help");
    assertThat(help.out()).startsWith("Usage: ./firstcome seed [options]");
    assertThat(help.code()).isZero();
    var nothing = seed("--remove");
    assertThat(nothing.out()).isEqualTo("There are no generated campaigns.\n");
    assertThat(nothing.code()).isZero();
  }

  @Test
  @Order(2)
  void whatItWritesIsExactlyWhatTheRuleDecides() throws Exception {
    var ended = seed("--rows=" + ROWS, "--campaigns=" + CAMPAIGNS, "--days=" + DAYS);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains(
            "Generated 20,000 rows in 7 campaigns and 7 days", "/api/admin/stats/daily?date=");
    var campaigns = generated();
    assertThat(campaigns).hasSize(CAMPAIGNS);
    assertThat(campaigns.stream().map(GeneratedCampaign::repeatable)).contains(true, false);
    assertThat(campaigns).allMatch(one -> one.displayName.startsWith("[generated] "));
    assertThat(count("participation")).isEqualTo(ROWS);
    var lastDay = LocalDate.now(ZoneId.of("Asia/Seoul")).minusDays(1);
    for (var campaign : campaigns) {
      assertExact(campaign);
      assertThat(pendingDays(campaign))
          .hasSize(DAYS)
          .contains(lastDay.minusDays(DAYS - 1))
          .contains(lastDay);
    }
    assertThat(count("participation WHERE user_id NOT LIKE 'generated-%'")).isZero();
    assertThat(count("participation WHERE topic_id IS NOT NULL")).isZero();
  }

  @Test
  @Order(3)
  void whatIsStoppedIsWhole() throws Exception {
    long before = count("participation");
    var ending =
        CompletableFuture.supplyAsync(() -> {
          try {
            return seed("--rows=5000000", "--campaigns=" + CAMPAIGNS, "--days=" + DAYS);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    await().atMost(Duration.ofSeconds(60)).until(() -> count("participation") > before);
    launcher.processes().stream().filter(SeedE2E::isSeed).forEach(ProcessHandle::destroy);
    var ended = ending.join();
    long written = count("participation") - before;
    assertThat(ended.code()).as(ended.err()).isEqualTo(TERMINATED);
    assertThat(ended.out()).contains("Stopped. %,d rows in".formatted(written));
    for (var campaign : generated()) {
      assertExact(campaign);
    }
  }

  private static boolean isSeed(ProcessHandle handle) {
    return LauncherFolder.commandLineHas(handle, ".seed.Seed\0");
  }

  @Test
  @Order(4)
  void removingLeavesNothing() throws Exception {
    int campaigns = generated().size();
    var ended = seed("--remove");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .endsWith("Removed %d of %d generated campaigns.\n".formatted(campaigns, campaigns));
    assertThat(count("participation")).isZero();
    assertThat(count("stats_pending")).isZero();
    assertThat(jdbc.sql("SELECT name FROM campaign").query(String.class).list())
        .containsExactly("welcome");
  }

  @Test
  @Order(5)
  void afterTheStopNobodyIsToldHowToConnect() throws Exception {
    assertThat(launcher.run("down", "--data", data.toString()).code()).isZero();
    assertThat(connectionFile).doesNotExist();
  }

  private long count(String from) {
    return jdbc.sql("SELECT COUNT(*) FROM " + from).query(Long.class).single();
  }

  private List<GeneratedCampaign> generated() {
    return jdbc.sql("SELECT * FROM campaign WHERE name LIKE 'generated-%' ORDER BY id")
        .query(GeneratedCampaign.class)
        .list();
  }

  /** Rows, ranks, counters and pending days are what one decision of all requests in turn gives. */
  private void assertExact(GeneratedCampaign campaign) {
    var rows = rows(campaign);
    var state =
        new CampaignState(campaign.repeatable, campaign.totalStock, campaign.totalStock, Map.of());
    var decisions = ParticipationRule.decide(state, rows.stream().map(Row::request).toList());
    assertThat(rows.stream().map(Row::decision)).containsExactlyElementsOf(decisions);
    assertThat(campaign.totalStock - campaign.remaining)
        .isEqualTo(decisions.stream().filter(Decision::takesStock).count());
    assertThat(campaign.failed)
        .isEqualTo(decisions.stream().filter(Decision::countsAsFailed).count());
    assertThat(rows.stream().map(Row::loggedAt)).isSorted();
    var zone = ZoneId.of(campaign.timeZone);
    SortedSet<LocalDate> days =
        rows.stream()
            .filter(row -> !row.decision.repeat())
            .map(row -> BusinessDay.of(row.loggedAt.toInstant(ZoneOffset.UTC), zone).date())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(pendingDays(campaign)).containsExactlyElementsOf(days);
  }

  private List<Row> rows(GeneratedCampaign campaign) {
    var sql =
        "SELECT logged_at, user_id, idempotency_key, outcome, success_rank,"
            + " CONVERT(dedup_key USING utf8mb4), is_repeat FROM participation"
            + " WHERE campaign_id = ? ORDER BY id";
    return jdbc.sql(sql)
        .param(campaign.id)
        .query((row, _) ->
            new Row(
                row.getObject(1, LocalDateTime.class),
                new Request(row.getString(2), row.getString(3)),
                new Decision(
                    Outcome.valueOf(row.getString(4)),
                    row.getLong(5),
                    row.getString(6),
                    row.getBoolean(7))))
        .list();
  }

  private List<LocalDate> pendingDays(GeneratedCampaign campaign) {
    return jdbc.sql("SELECT stat_date FROM stats_pending WHERE campaign_id = ? ORDER BY stat_date")
        .param(campaign.id)
        .query(LocalDate.class)
        .list();
  }
}
