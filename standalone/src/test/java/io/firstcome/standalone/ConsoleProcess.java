package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The product as a process whose console is read. */
final class ConsoleProcess implements AutoCloseable {
  private static final String READY = "Firstcome is ready";
  private static final int READY_MAX_S = 150;
  private static final int END_MAX_S = 15;

  private final Process process;
  private final List<String> console = new ArrayList<>();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  private ConsoleProcess(Process process) {
    this.process = process;
  }

  static ConsoleProcess start(Path data, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Standalone.class.getName(), "--data", data.toString()));
    command.addAll(List.of(options));
    var started = new ConsoleProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    Thread.ofVirtual().start(started::readConsole);
    return started;
  }

  ConsoleProcess awaitReady() throws InterruptedException, ExecutionException {
    try {
      if (ready.get(READY_MAX_S, TimeUnit.SECONDS)) {
        return this;
      }
    } catch (TimeoutException _) {
      // Told below, with what it said.
    }
    throw new AssertionError("Not ready: " + String.join("\n", console()));
  }

  /** The exit code; ends the process if it does not end by itself. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_MAX_S, TimeUnit.SECONDS)) {
      throw new AssertionError("Does not end: " + String.join("\n", console()));
    }
    return process.exitValue();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** The database server and whatever else it started. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  List<String> console() {
    synchronized (console) {
      return List.copyOf(console);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void readConsole() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (console) {
          console.add(line);
        }
        if (line.startsWith(READY)) {
          ready.complete(true);
        }
      }
      ready.complete(false);
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }
}
