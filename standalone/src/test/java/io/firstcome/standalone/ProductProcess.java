package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firstcome.embedded.FreePorts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole product as a process of its own, with the flags and the class path of {@code
 * ./firstcome up}. Its folder below {@code target/e2e} is kept until the next run, for whoever
 * wants to know why a test failed. Linux only.
 */
final class ProductProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path data;
  private final Path console;
  private final Path archive;
  private final int port = FreePorts.next();
  private final int managementPort = FreePorts.next();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Thread cleaner = new Thread(this::killAll, "kill-product");
  private volatile Process process;
  private volatile long startedNanos;
  private boolean keepsClasses;

  ProductProcess(String name) throws IOException {
    var folder = Path.of("target", "e2e", name).toAbsolutePath();
    FileSystemUtils.deleteRecursively(folder);
    Files.createDirectories(folder);
    data = folder.resolve("data");
    console = folder.resolve("console.log");
    archive = folder.resolve("classes.jsa");
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  void start() throws IOException {
    startedNanos = System.nanoTime();
    process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(console.toFile()))
            .start();
  }

  private List<String> command() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(fasterStart());
    command.addAll(List.of("-cp", classPath(), Standalone.class.getName()));
    command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of("--management-port", Integer.toString(managementPort)));
    return command;
  }

  /**
   * What the launcher does not have: a third of the work at each start, and nothing else is
   * different. Tests that restart it ten times would take ten minutes without.
   */
  private List<String> fasterStart() {
    var classes = keepsClasses ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=";
    return keepsClasses || Files.exists(archive)
        ? List.of("-XX:TieredStopAtLevel=1", "-Xlog:cds*=off", classes + archive)
        : List.of("-XX:TieredStopAtLevel=1");
  }

  /** As {@link #start}, and from the next start on the classes that were loaded are at hand. */
  void startAndKeepClasses() throws IOException {
    keepsClasses = true;
    start();
    keepsClasses = false;
  }

  /** What the build has made for the launcher: no test libraries. */
  private static String classPath() throws IOException {
    var target = Path.of("target").toAbsolutePath();
    try (var jars = Files.newDirectoryStream(target, "standalone-*.jar")) {
      var jar = jars.iterator().next();
      return jar + ":" + Files.readString(target.resolve("classpath")).strip();
    }
  }

  /**
   * Waits until everything is healthy, the consumer included.
   *
   * @return the time since the start of the process
   */
  Duration awaitReady() {
    Awaitility.await("ready, see " + console)
        .atMost(START_MAX)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(this::isReady);
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private boolean isReady() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended with code " + process.exitValue());
    }
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/actuator/health".formatted(managementPort)))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** SIGKILL, to the product alone; its database server lives on as an orphan. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(process.toHandle());
  }

  /** SIGKILL to the database server, if it runs; returns whether it did. */
  boolean killDatabase() {
    var server = database();
    server.ifPresent(running -> {
      running.destroyForcibly();
      awaitEnd(running);
    });
    return server.isPresent();
  }

  private static void awaitEnd(ProcessHandle handle) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !handle.isAlive());
  }

  /** The database server of this product; its process id file is written late in its start. */
  private Optional<ProcessHandle> database() {
    var argument = "--datadir=" + databaseData();
    return ProcessHandle.allProcesses()
        .filter(handle -> argumentsOf(handle).contains(argument))
        .findAny();
  }

  private Path databaseData() {
    return data.resolve("mariadb").resolve("data");
  }

  private static List<String> argumentsOf(ProcessHandle handle) {
    try {
      var line = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"), UTF_8);
      return Arrays.asList(line.split("\0"));
    } catch (IOException ended) {
      return List.of();
    }
  }

  /** Its folder, where tools find out how to reach it. */
  Path data() {
    return data;
  }

  int databasePort() {
    var prefix = "--port=";
    return database().stream()
        .flatMap(handle -> argumentsOf(handle).stream())
        .filter(argument -> argument.startsWith(prefix))
        .map(argument -> Integer.parseInt(argument.substring(prefix.length())))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("the database server does not run"));
  }

  /** To the tables, past the product. */
  Connection connect() throws IOException, SQLException {
    var password = Files.readString(data.resolve("mariadb").resolve("user-password")).strip();
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:%d/firstcome?connectionTimeZone=UTC".formatted(databasePort()),
        "firstcome",
        password);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body, String idempotencyKey)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Idempotency-Key", idempotencyKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Creates a campaign with a topic of its own. */
  void createCampaign(String name, int stock, int partitions)
      throws IOException, InterruptedException {
    var account = "admin:" + Files.readString(data.resolve("admin-password")).strip();
    var body =
        "{\"name\": \"%s\", \"totalStock\": %d, \"partitions\": %d}"
            .formatted(name, stock, partitions);
    var basic = Base64.getEncoder().encodeToString(account.getBytes(UTF_8));
    var answer =
        send(
            request("/api/admin/campaigns")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  /** Waits until all requests in the campaign's log have been decided. */
  void awaitNoLag(String campaign) {
    Awaitility.await("all of " + campaign + " decided")
        .atMost(Duration.ofSeconds(60))
        .ignoreException(java.net.http.HttpTimeoutException.class)
        .until(() -> lag(campaign) == 0);
  }

  private long lag(String campaign) throws IOException, InterruptedException {
    var answer = get("/api/campaigns/" + campaign + "/status");
    if (answer.statusCode() != 200) {
      return -1;
    }
    return json(answer).path("lag").asLong(-1);
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(15));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** SIGTERM, and waits until it has ended. */
  void stop() {
    process.destroy();
    awaitEnd(process.toHandle());
  }

  /** SIGTERM, and SIGKILL for what does not end. */
  @Override
  public void close() {
    try {
      if (process != null) {
        stop();
      }
    } finally {
      killAll();
      http.close();
      Runtime.getRuntime().removeShutdownHook(cleaner);
    }
  }

  private void killAll() {
    if (process != null) {
      process.destroyForcibly();
    }
    database().ifPresent(ProcessHandle::destroyForcibly);
  }
}
