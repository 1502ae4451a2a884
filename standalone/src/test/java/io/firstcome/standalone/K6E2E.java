package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ./firstcome k6} on the running product: every scenario in small, and that a limit that is
 * not held and a promise that is not kept are found.
 */
@EnabledIf("k6IsThere")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class K6E2E {
  private static final int REFUSED = 2;
  private static final int FAILED = 1;
  private static final long SCENARIO_MAX_S = 240;
  // Whether the product is fast is another question than whether the scenarios work.
  private static final List<String> SMALL =
      List.of("--rate=10", "--duration=4s", "--place-ms=60000", "--result-ms=60000");

  private final Path clone = Path.of("..").toAbsolutePath().normalize();
  private final Path record = clone.resolve("target").resolve("k6").resolve("load.json");
  private ProductProcess product;
  private String kept;

  private record Ended(int code, String out, String err) {
    /** The lines of the summary that say that something is wrong. */
    List<String> crosses() {
      return out.lines().map(String::strip).filter(line -> line.startsWith("✗")).toList();
    }
  }

  static boolean k6IsThere() {
    var cache = System.getenv().getOrDefault("FIRSTCOME_CACHE", home() + "/.cache/firstcome");
    var path = System.getenv("PATH").split(File.pathSeparator, -1);
    return Stream.concat(Arrays.stream(path), Stream.of(cache + "/cluster/bin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "k6")));
  }

  private static String home() {
    return System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
  }

  @BeforeAll
  void start() throws IOException {
    product = new ProductProcess("k6");
    product.start();
    product.awaitReady();
    // Healthy comes a moment before ready.
    await().until(() -> ConnectionFile.read(product.data()).isPresent());
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private Ended k6(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(clone.resolve("firstcome").toString(), "k6"));
    command.addAll(List.of("--data", product.data().toString()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(product.data().getParent(), "out", ".txt");
    var err = Files.createTempFile(product.data().getParent(), "err", ".txt");
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove(Secrets.PASSWORD_VARIABLE);
    var process = builder.start();
    if (!process.waitFor(SCENARIO_MAX_S, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException("it does not end, see " + out + " and " + err);
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Ended small(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(SMALL);
    all.addAll(List.of(arguments));
    return k6(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "sync-vs-kafka", "duplicates"})
  @Order(1)
  void aScenarioPasses(String scenario) throws Exception {
    assertPassed(scenario, small(scenario, "--stock=10"));
  }

  @Test
  @Order(1)
  void theOneWithTheButtonPasses() throws Exception {
    assertPassed("bulk", small("bulk", "--stock=100", "--count=2000", "--partitions=2"));
  }

  private void assertPassed(String scenario, Ended ended) throws Exception {
    assertThat(ended.code()).as(ended.toString()).isZero();
    assertThat(ended.out())
        .contains("\n" + scenario + ": ")
        .contains("\n  answer  ")
        .contains("✓ dropped_iterations ", "✓ http_req_failed ", "_refused ", "_unknown ")
        .contains("✓ the run has followed every accepted request to a result: ")
        .endsWith("%s: within its limits, promises kept\n".formatted(scenario));
    assertThat(ended.crosses()).isEmpty();
    // A run that is right leaves nothing behind.
    assertThat(campaigns()).isEmpty();
  }

  private List<String> campaigns() throws IOException, SQLException {
    var names = new ArrayList<String>();
    try (var connection = product.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT name FROM campaign WHERE name LIKE 'k6-%'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  @Order(1)
  void aCampaignThatIsThereIsUsedAgainAndKept() throws Exception {
    assertPassed("load", small("load", "--campaign=twice", "--stock=10", "--keep"));
    var again = small("load", "--campaign=twice");
    assertPassed("load", again);
    assertThat(again.out()).contains("✓ successes are the smaller one of stock (0) and people (");
    assertThat(product.get("/api/campaigns/twice/status").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void whatIsTooSlowFails() throws Exception {
    var ended = small("load", "--stock=10", "--result-ms=1");
    assertThat(ended.code()).as(ended.toString()).isEqualTo(FAILED);
    assertThat(ended.out()).endsWith("load: NOT within its limits, promises kept\n");
    assertThat(ended.crosses()).allMatch(line -> line.startsWith("✗ log_result_ms ")).hasSize(2);
    // To be looked at, so it is kept.
    assertThat(campaigns()).hasSize(1);
    kept = campaigns().getFirst();
  }

  @Test
  @Order(3)
  void aRunAndACampaignAreVerifiedByThemselves() throws Exception {
    assertThat(k6("verify", "--run=" + record).code()).isZero();
    var alone = k6("verify", "--campaign=" + kept);
    assertThat(alone.code()).as(alone.toString()).isZero();
    assertThat(alone.out()).contains("✓ never oversold: 10 of 10");
  }

  @Test
  @Order(3)
  void anAcceptedRequestThatIsNowhereIsFound() throws Exception {
    var ended = k6("verify", "--run=" + changed("accepted", "results", "users"));
    assertThat(ended.code()).isEqualTo(FAILED);
    assertThat(ended.crosses())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("✗ the log and the tables have every accepted request"))
        .anyMatch(line -> line.startsWith("✗ requests that got nothing are all the others"));
  }

  @Test
  @Order(3)
  void anAcceptedRequestWithoutAResultIsFound() throws Exception {
    var ended = k6("verify", "--run=" + changed("accepted"));
    assertThat(ended.code()).isEqualTo(FAILED);
    assertThat(ended.crosses())
        .anyMatch(line -> line.startsWith("✗ the run has followed every accepted request"));
  }

  @Test
  @Order(3)
  void aRankThatTwoWereToldIsFound() throws Exception {
    var ended = k6("verify", "--run=" + changed("sum"));
    assertThat(ended.code()).isEqualTo(FAILED);
    assertThat(ended.crosses())
        .hasSize(1)
        .allMatch(line -> line.startsWith("✗ participants were told the ranks 1 to 10, each once"));
  }

  /** The record of the run with these counts one higher. */
  private Path changed(String... counts) throws IOException {
    var text = Files.readString(record);
    for (var count : counts) {
      text =
          Pattern.compile("\"%s\":([0-9]+)".formatted(count))
              .matcher(text)
              .replaceFirst(
                  found -> "\"%s\":%d".formatted(count, Long.parseLong(found.group(1)) + 1));
    }
    return Files.writeString(product.data().resolveSibling("changed.json"), text);
  }

  @Test
  @Order(4)
  void aResultThatIsMissingIsFound() throws Exception {
    try (var connection = product.connect();
        var statement =
            connection.prepareStatement(
                "DELETE FROM participation WHERE success_rank = 3 AND campaign_id ="
                    + " (SELECT id FROM campaign WHERE name = ?)")) {
      statement.setString(1, kept);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
    var ended = k6("verify", "--run=" + record);
    assertThat(ended.code()).isEqualTo(FAILED);
    assertThat(ended.out()).contains("ROW_MISSING", "verdict  NOT KEPT");
    assertThat(ended.crosses())
        .anyMatch(line -> line.startsWith("✗ the log, decided once more, gives these very results"))
        .anyMatch(line -> line.startsWith("✗ the history of decisions has the counts"));
  }

  @Test
  @Order(5)
  void whoIsTurnedAwayIsFound() throws Exception {
    try (var door = Executors.newVirtualThreadPerTaskExecutor()) {
      var closed = door.submit(this::closeTheCampaignThatPeopleAreIn);
      var ended = small("load", "--duration=8s", "--stock=500");
      closed.get();
      assertThat(ended.code()).as(ended.toString()).isEqualTo(FAILED);
      assertThat(ended.out()).endsWith("load: NOT within its limits, promises kept\n");
      assertThat(ended.crosses())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("✗ http_req_failed "))
          .anyMatch(line -> line.startsWith("✗ log_refused "));
    }
  }

  /** As soon as some have got theirs. */
  private Object closeTheCampaignThatPeopleAreIn() {
    await()
        .atMost(SCENARIO_MAX_S, TimeUnit.SECONDS)
        .until(() -> {
          try (var connection = product.connect();
              var statement = connection.createStatement()) {
            return statement.executeUpdate(
                    "UPDATE campaign SET mode = 'CLOSED' WHERE total_stock = 500"
                        + " AND name LIKE 'k6-load-%' AND remaining < 490")
                == 1;
          }
        });
    return "closed";
  }

  @Test
  @Order(6)
  void refusesAndHelps() throws Exception {
    var help = k6("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .startsWith("Usage: ./firstcome k6 SCENARIO [options]\n  bulk ")
        .contains("  verify         Was nothing lost,");
    assertRefused(k6("lod"), "There is no scenario lod, see ./firstcome k6 --help.");
    assertRefused(k6("load", "--raet=1"), "Unknown option --raet, see ./firstcome k6 --help.");
    assertRefused(
        k6("load", "--duration=soon"), "--duration must be like 30s, 2m or 1m30s, was soon");
    assertRefused(k6("verify"), "verify needs --campaign NAME, or --run FILE of an earlier run.");
    assertRefused(
        k6("load", "--data=/nowhere"),
        "Firstcome is not running on /nowhere: start it with ./firstcome up, or name another one"
            + " with --url.");
    assertRefused(
        k6("load", "--url=http://localhost:1"),
        "Set FIRSTCOME_ADMIN_PASSWORD to the admin password of http://localhost:1.");
  }

  private static void assertRefused(Ended ended, String sentence) {
    assertThat(ended.err()).isEqualTo(sentence + "\n");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(REFUSED);
  }
}
