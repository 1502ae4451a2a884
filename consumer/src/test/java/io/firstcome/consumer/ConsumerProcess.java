package io.firstcome.consumer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A consumer as a process of its own, which can be stopped in the middle of anything. Its log below
 * {@code target/e2e} is kept until the next run. Linux only.
 */
final class ConsumerProcess implements AutoCloseable {
  private static final Duration SIGNAL_MAX = Duration.ofSeconds(5);

  private final Path log;
  private final Process process;
  private final Thread cleaner;

  /**
   * Starts it.
   *
   * @param name of the log file
   */
  ConsumerProcess(String name, List<String> settings) throws IOException {
    log = Path.of("target", "e2e", name + ".log").toAbsolutePath();
    Files.createDirectories(log.getParent());
    Files.deleteIfExists(log);
    process =
        new ProcessBuilder(command(settings))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    cleaner = new Thread(process::destroyForcibly, "kill-consumer");
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  private static List<String> command(List<String> settings) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath()));
    command.add(ConsumerApplication.class.getName());
    command.add("--spring.main.web-application-type=none");
    command.addAll(settings);
    return command;
  }

  /** The test's own, which the build may have put into the manifest of a jar. */
  private static String classPath() {
    var ofTests = System.getProperty("surefire.test.class.path");
    return ofTests != null ? ofTests : System.getProperty("java.class.path");
  }

  long pid() {
    return process.pid();
  }

  /** SIGSTOP: from the return of this method on it does nothing at all. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
    awaitState('T', true);
  }

  /** SIGCONT. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
    awaitState('T', false);
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill -%s %d failed".formatted(name, pid()));
    }
  }

  /** A process has stopped when each of its threads has. */
  private void awaitState(char state, boolean wanted) {
    Awaitility.await()
        .atMost(SIGNAL_MAX)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> wanted ? allThreadsAre(state) : !allThreadsAre(state));
  }

  private boolean allThreadsAre(char state) {
    var tasks = new File("/proc/" + pid() + "/task").listFiles();
    return tasks != null && Arrays.stream(tasks).allMatch(task -> stateOf(task) == state);
  }

  private static char stateOf(File task) {
    try {
      var line = Files.readString(task.toPath().resolve("stat"));
      return line.charAt(line.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that it has said so far. */
  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    // Also where it is stopped: then SIGTERM would wait.
    process.destroyForcibly();
    Awaitility.await().atMost(SIGNAL_MAX).until(() -> !process.isAlive());
    Runtime.getRuntime().removeShutdownHook(cleaner);
  }
}
