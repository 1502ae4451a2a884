package io.firstcome.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class TerminalTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private Terminal terminal;

  @BeforeEach
  void open(@TempDir Path scratch) throws IOException {
    terminal = new Terminal(scratch, scratch);
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  @Test
  void variablesAndFunctionsStay() throws Exception {
    terminal.run("NAME='a b'\nsay() { echo \"$@\"; }", LIMIT);

    assertThat(terminal.run("say \"$NAME\"", LIMIT)).isEqualTo(new Terminal.Result("a b\n", 0));
  }

  @Test
  void aCommandThatFailsEndsItsBlock() throws Exception {
    assertThat(terminal.run("echo 1\nfalse | true\necho 2", LIMIT))
        .isEqualTo(new Terminal.Result("1\n", 1));
  }

  @Test
  void whatIsInTheBackgroundRunsUntilTheEnd() throws Exception {
    terminal.run("sleep 600 &\nBACKGROUND=$!", LIMIT);
    var background = terminal.run("echo \"$BACKGROUND\"", LIMIT).output().strip();
    var sleeping = ProcessHandle.of(Long.parseLong(background)).orElseThrow();

    terminal.close();

    sleeping.onExit().join();
  }

  @Test
  void whoTakesTooLongIsStopped() throws Exception {
    var result = terminal.run("echo 1\nsleep 600", Duration.ofSeconds(1));

    assertThat(result.output()).startsWith("1\n").contains("still running");
    assertThat(result.exitCode()).isNotZero();
  }
}
