package io.firstcome.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process under test: all variants run the same virtual machine with the same options, apart from
 * whoever sends and measures. It ends with this process, because then its input ends.
 */
final class Subject implements AutoCloseable {
  /** Of every process under test; fixed, so that two runs can be compared. */
  static final List<String> JVM_OPTIONS =
      List.of("-Xms768m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

  // What Linux counts processor time in for programs (USER_HZ).
  private static final long MILLIS_A_TICK = 10;

  private static final String MAIN = "io.firstcome.bench.baseline.SubjectMain";

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final Path log;
  private final String name;
  private final int port;

  private Subject(String name, Process process, Path log) throws IOException {
    this.name = name;
    this.process = process;
    this.log = log;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.port = Integer.parseInt(answer().replace("ready ", ""));
  }

  /** Starts a variant and returns when it is ready. */
  static Subject start(String name, Map<String, String> environment) {
    try {
      var log = Files.createDirectories(Path.of("target", "bench")).resolve(name + ".log");
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JVM_OPTIONS);
      command.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
      command.addAll(List.of(System.getProperty("firstcome.bench.jvm", "").split(" ")));
      command.removeIf(String::isBlank);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, name));
      var builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
      builder.environment().putAll(environment);
      return new Subject(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  /** Of its HTTP server. */
  int port() {
    return port;
  }

  /** Sends a command and returns the answer to it. */
  String call(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " has ended, see " + log.toAbsolutePath(), e);
    }
  }

  /** What its threads have spent on the processors since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * The same without the threads that compile: on few processors they are busy for minutes, and
   * then no more. All of it where the system does not tell threads apart.
   */
  Duration cpuWithoutCompilers() {
    var tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(tasks)) {
      return cpu();
    }
    try (var threads = Files.list(tasks)) {
      return cpu().minus(threads.map(Subject::compiling).reduce(Duration.ZERO, Duration::plus));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration compiling(Path thread) {
    try {
      var stat = Files.readString(thread.resolve("stat"));
      // The name stands in brackets and may hold anything; user and system time are fields 14, 15.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return stat.contains("CompilerThre")
          ? Duration.ofMillis(
              (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_A_TICK)
          : Duration.ZERO;
    } catch (IOException e) {
      // A thread that has just ended.
      return Duration.ZERO;
    }
  }

  /** Its own lines only: what libraries print stands between them. */
  private String answer() throws IOException {
    for (var line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.matches("ready [0-9]+|started|stopped|[0-9]+ [0-9]+")) {
        return line;
      }
      Files.writeString(
          log,
          line + "\n",
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    }
    throw new IOException(name + " has ended, see " + log.toAbsolutePath());
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
