package io.firstcome.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs blocks of commands one after the other as if they were typed into one terminal: variables
 * and functions stay, and so does what was started in the background, until the terminal is closed.
 * A command that fails ends its block. Linux only.
 */
final class Terminal implements AutoCloseable {
  private static final String MARK = "FIRSTCOME_TERMINAL";

  private final Path workingFolder;
  private final Path scratch;
  private final Path variables;
  private final String id = UUID.randomUUID().toString();

  Terminal(Path workingFolder, Path scratch) throws IOException {
    this.workingFolder = workingFolder;
    this.scratch = scratch;
    this.variables = Files.writeString(scratch.resolve("variables"), "");
  }

  /** What a block has printed on both streams, and how its last command ended. */
  record Result(String output, int exitCode) {}

  Result run(String commands, Duration limit) throws IOException, InterruptedException {
    var block = Files.writeString(scratch.resolve("block"), commands);
    // A file and not a pipe: what runs on in the background would keep a pipe open.
    var output = Files.createTempFile(scratch, "output", ".txt");
    var builder =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '%s'; set -aeuo pipefail; source '%s'; { declare -px; declare -f; } >'%s'"
                    .formatted(variables, block, variables))
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put(MARK, id);
    var process = builder.start();
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    var printed = Files.readString(output);
    return ended
        ? new Result(printed, process.exitValue())
        : new Result(printed + "\nstill running after " + limit, -1);
  }

  /** Ends what still runs in the background. */
  @Override
  public void close() {
    ProcessHandle.allProcesses().filter(this::isOurs).forEach(ProcessHandle::destroy);
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      var environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + id);
    } catch (IOException _) {
      // Of another user, or gone already.
      return false;
    }
  }
}
