package io.firstcome.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures of a run hold for. */
final class Machine {
  private static final int SYNCS = 200;
  private static final int BLOCK = 4096;

  private Machine() {}

  /** Names and values, in the order in which they are shown. */
  static Map<String, String> describe(Stage stage) throws SQLException, IOException {
    var facts = new LinkedHashMap<String, String>();
    facts.put("Revision", revision());
    facts.put("Processors", Runtime.getRuntime().availableProcessors() + " x " + processor());
    facts.put("Memory", memory());
    facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put(
        "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put("Options of each process", String.join(" ", Subject.JVM_OPTIONS));
    facts.put("Servers", stage.servers().describe());
    facts.put("Database", durability(stage));
    facts.put("Kafka", "1 broker, no replicas, acks=all, written to the operating system's cache");
    facts.put("A message", "17 to 40 bytes of text");
    facts.put("fdatasync of 4 KiB (F)", "%.2f ms in the median".formatted(syncMillis()));
    facts.put("A row committed", "%.2f ms in the median".formatted(commitMillis(stage)));
    return facts;
  }

  /** Of the sources, where they are and git is there to ask. */
  private static String revision() {
    try {
      var git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12");
      var process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? answer : "unknown";
    } catch (IOException e) {
      return "unknown, git cannot be asked";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static String processor() throws IOException {
    return firstLine(Path.of("/proc/cpuinfo"), "model name");
  }

  private static String memory() throws IOException {
    var kib = firstLine(Path.of("/proc/meminfo"), "MemTotal").replace(" kB", "");
    return kib.matches("[0-9]+") ? "%d GiB".formatted(Long.parseLong(kib) / 1024 / 1024) : kib;
  }

  private static String firstLine(Path file, String key) throws IOException {
    if (!Files.exists(file)) {
      return "unknown";
    }
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static String durability(Stage stage) throws SQLException {
    try (var connection = stage.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT @@innodb_flush_log_at_trx_commit, @@sync_binlog, @@log_bin,"
                    + " @@innodb_buffer_pool_size / 1048576")) {
      rows.next();
      return "innodb_flush_log_at_trx_commit=%d sync_binlog=%d log_bin=%d buffer pool %d MiB"
          .formatted(rows.getInt(1), rows.getInt(2), rows.getInt(3), rows.getInt(4));
    }
  }

  /** F: how long the disk under this folder takes to make a block permanent. */
  private static double syncMillis() throws IOException {
    var file = Files.createTempFile(Path.of("target"), "sync", ".tmp");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var times = new double[SYNCS];
      for (int i = 0; i < SYNCS; i++) {
        channel.write(ByteBuffer.allocate(BLOCK), (long) i * BLOCK);
        long started = System.nanoTime();
        channel.force(false);
        times[i] = (System.nanoTime() - started) / 1e6;
      }
      return median(times);
    } finally {
      Files.delete(file);
    }
  }

  /** The same of the database, which may have another disk: a transaction that changes a row. */
  private static double commitMillis(Stage stage) throws SQLException {
    try (var connection = stage.connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO baseline_stock (campaign_id, remaining) VALUES (0, 0)");
      var times = new double[SYNCS];
      for (int i = 0; i < SYNCS; i++) {
        long started = System.nanoTime();
        statement.execute(
            "UPDATE baseline_stock SET remaining = remaining + 1 WHERE campaign_id = 0");
        times[i] = (System.nanoTime() - started) / 1e6;
      }
      return median(times);
    }
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
