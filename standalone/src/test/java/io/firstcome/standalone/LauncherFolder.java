package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A clone that has just been built, as far as the launcher looks at it: the same script, the same
 * class path. The real clone would build itself again, below the feet of the build that runs the
 * test. Below {@code target/e2e}, kept until the next run.
 */
final class LauncherFolder {
  private static final long COMMAND_MAX_S = 120;

  /** As in the launcher. */
  private static final List<String> MODULES =
      List.of(
          "core", "embedded", "testing", "replay", "api", "consumer", "batch-job", "standalone");

  private final Path root;

  /** What a command came to. */
  record Ended(int code, String out, String err, Duration took) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  LauncherFolder(String name) throws IOException {
    root = Path.of("target", "e2e", name).toAbsolutePath();
    FileSystemUtils.deleteRecursively(root);
    var clone = Path.of("..").toAbsolutePath().normalize();
    var target = Files.createDirectories(root.resolve("standalone").resolve("target"));
    var resources = root.resolve("standalone").resolve("src").resolve("main").resolve("resources");
    Files.createDirectories(resources);
    Files.copy(clone.resolve("firstcome"), root.resolve("firstcome"));
    for (var help : List.of("up-help.txt", "seed-help.txt")) {
      Files.copy(Path.of("src", "main", "resources", help), resources.resolve(help));
    }
    FileSystemUtils.copyRecursively(
        clone.resolve("dev").resolve("cluster"), root.resolve("dev").resolve("cluster"));
    try (var scripts = Files.newDirectoryStream(root.resolve("dev").resolve("cluster"))) {
      // Copying leaves the right to execute behind.
      scripts.forEach(script -> script.toFile().setExecutable(true));
    }
    Files.copy(Path.of("target", "classpath"), target.resolve("classpath"));
    try (var jars = Files.newDirectoryStream(Path.of("target"), "standalone-*.jar")) {
      for (var jar : jars) {
        Files.copy(jar, target.resolve(jar.getFileName()));
      }
    }
    Files.createFile(root.resolve("pom.xml"));
    for (var module : MODULES) {
      Files.createDirectories(root.resolve(module));
      Files.createFile(root.resolve(module).resolve("pom.xml"));
    }
    // Last, for nothing may be newer.
    Files.createFile(target.resolve("built"));
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /** Runs the launcher from another folder than its own. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /** The same with these environment variables beside those of the test. */
  Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(root.resolve("firstcome").toString());
    command.addAll(Arrays.asList(arguments));
    return await(start(command, environment));
  }

  /** What a user pastes into a shell. */
  Ended paste(String line) throws IOException, InterruptedException {
    return await(start(List.of("bash", "-c", line), Map.of()));
  }

  private record Running(Process process, Path out, Path err, long startedNanos) {}

  private Running start(List<String> command, Map<String, String> environment) throws IOException {
    var out = Files.createTempFile(root, "out", ".txt");
    var err = Files.createTempFile(root, "err", ".txt");
    var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove(Secrets.PASSWORD_VARIABLE);
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err, System.nanoTime());
  }

  private static Ended await(Running running) throws IOException, InterruptedException {
    if (!running.process.waitFor(COMMAND_MAX_S, TimeUnit.SECONDS)) {
      running.process.destroyForcibly();
      throw new IllegalStateException("it does not end, see " + running.err);
    }
    return new Ended(
        running.process.exitValue(),
        Files.readString(running.out),
        Files.readString(running.err),
        Duration.ofNanos(System.nanoTime() - running.startedNanos));
  }

  /** The processes whose command line speaks of a folder below this one. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  private boolean isOurs(ProcessHandle handle) {
    return commandLineHas(handle, root + "/");
  }

  /** Java's own answer is empty for a line as long as a class path. */
  static boolean commandLineHas(ProcessHandle handle, String text) {
    try {
      var line = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"), UTF_8);
      return line.contains(text);
    } catch (IOException ended) {
      return false;
    }
  }
}
