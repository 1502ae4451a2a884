package io.firstcome.batch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A job as a process of its own. What it says is kept below {@code target/e2e}. */
final class JobProcess implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(90);

  private final Path log;
  private final Process process;

  private JobProcess(Path log, List<String> command) throws IOException {
    this.log = log;
    Files.createDirectories(log.getParent());
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
  }

  /** From the class path of the test. */
  static JobProcess start(String name, List<String> args) throws IOException {
    var ofTests = System.getProperty("surefire.test.class.path");
    var classPath = ofTests != null ? ofTests : System.getProperty("java.class.path");
    return start(name, List.of("-cp", classPath, BatchApplication.class.getName()), args);
  }

  /** The executable jar. */
  static JobProcess startJar(String name, List<String> args) throws IOException {
    return start(name, List.of("-jar", "target/app/batch-job.jar"), args);
  }

  private static JobProcess start(String name, List<String> what, List<String> args)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(what);
    command.addAll(args);
    return new JobProcess(Path.of("target", "e2e", name + ".log").toAbsolutePath(), command);
  }

  /** SIGKILL, and its end. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits until it has said this. */
  void awaitLine(String part) {
    Awaitility.await()
        .atMost(END_MAX)
        .until(() -> lines().stream().anyMatch(line -> line.contains(part)));
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not end, see " + log);
    }
    return process.exitValue();
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() {
    kill();
  }
}
