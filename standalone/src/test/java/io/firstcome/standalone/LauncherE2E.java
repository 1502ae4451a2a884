package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.embedded.FreePorts;
import io.firstcome.standalone.LauncherFolder.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What a newcomer does with {@code ./firstcome}. The product runs once for all tests, since its
 * first start takes longer than all of them.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class LauncherE2E {
  private static final int REFUSED = 2;
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final String port = Integer.toString(FreePorts.next());
  private final String management = Integer.toString(FreePorts.next());
  private LauncherFolder launcher;
  private String data;
  private Ended up;

  @BeforeAll
  void start() throws Exception {
    launcher = new LauncherFolder("launcher");
    data = launcher.resolve("data").toString();
    up = upDetached();
  }

  private Ended upDetached() throws IOException, InterruptedException {
    return launcher.run(
        "up", "--detach", "--port", port, "--management-port=" + management, "--data", data);
  }

  @AfterAll
  void nothingIsLeft() {
    launcher.processes().forEach(ProcessHandle::destroyForcibly);
  }

  /** The user has to change something: the launcher says what, and nothing else. */
  private static void assertRefused(Ended ended, String sentence) {
    assertThat(ended.errLines()).containsExactly(sentence);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(REFUSED);
  }

  @Test
  @Order(1)
  void detachedItReturnsWhenItIsReady() {
    assertThat(up.code()).as(up.err()).isZero();
    assertThat(up.err()).isEmpty();
    assertThat(up.out())
        .startsWith("Firstcome is ready: http://localhost:" + port)
        .contains("Stop it with: ");
    System.out.printf("LauncherE2E: first start %.1f s%n", up.took().toMillis() / 1000.0);
  }

  @Test
  @Order(2)
  void theLinesWithCurlWorkWhenTheyArePasted() throws Exception {
    var lines =
        up.out().lines().map(String::strip).filter(line -> line.startsWith("curl ")).toList();
    assertThat(lines).hasSize(3);
    assertThat(answer(lines.get(0))).contains("\"status\":\"SUCCESS\"", "\"rank\":1");
    assertThat(answer(lines.get(1)))
        .contains("\"campaignName\":\"welcome\"", "\"currentStock\":99");
    assertThat(answer(lines.get(2))).startsWith("[{").contains("\"name\":\"welcome\"");
  }

  private String answer(String line) throws IOException, InterruptedException {
    var ended = launcher.paste(line);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    return ended.out();
  }

  @Test
  @Order(3)
  void refusesAFolderThatIsInUse() throws Exception {
    assertRefused(upDetached(), data + " is in use by another running Firstcome.");
    var otherPort = Integer.toString(FreePorts.next());
    assertRefused(
        launcher.run("up", "--data=" + data, "--port=" + otherPort),
        data + " is in use by another running Firstcome.");
  }

  @Test
  @Order(3)
  void refusesAPortThatIsTaken() throws Exception {
    var other = launcher.resolve("other").toString();
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = socket.getLocalPort();
      assertRefused(
          launcher.run("up", "--data", other, "--port", Integer.toString(taken)),
          "Port %d is taken or not allowed; choose another one with --port.".formatted(taken));
      assertRefused(
          launcher.run("up", "--detach", "--data", other, "--port", Integer.toString(taken)),
          "Port %d is taken or not allowed; choose another one with --port.".formatted(taken));
    }
  }

  @Test
  @Order(3)
  void refusesADataFolderThatIsAFile() throws Exception {
    var file = Files.createFile(launcher.resolve("file")).toString();
    assertRefused(launcher.run("up", "--data", file), file + " is not a folder.");
    assertRefused(launcher.run("up", "--detach", "--data", file), file + " is not a folder.");
  }

  /** Below /proc nobody can make a folder, not even root, as who tests run in containers. */
  @Test
  @Order(3)
  void refusesAFolderThatCannotBeWrittenTo() throws Exception {
    var folder = "/proc/firstcome";
    assertRefused(launcher.run("up", "--data", folder), folder + " cannot be written to.");
    assertRefused(
        launcher.run("up", "--detach", "--data", folder), folder + " cannot be written to.");
  }

  @Test
  @Order(3)
  void refusesWhatItDoesNotKnow() throws Exception {
    var other = launcher.resolve("other").toString();
    assertRefused(
        launcher.run("up", "--data", other, "--prot", "1"), "Unknown option --prot, see --help.");
    assertRefused(
        launcher.run("up", "--detach", "--data", other, "--prot"),
        "Unknown option --prot, see --help.");
    assertRefused(launcher.run("down", "--prot"), "Unknown option --prot, see ./firstcome help.");
    assertRefused(launcher.run("up", "--data"), "--data needs a value, see --help.");
  }

  @Test
  @Order(3)
  void helps() throws Exception {
    var help = launcher.run("up", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).isEqualTo(Options.helpText());
    for (var how : List.of("help", "--help", "-h")) {
      assertThat(launcher.run(how).out()).startsWith("Usage: ./firstcome COMMAND");
      assertThat(launcher.run(how).code()).isZero();
    }
  }

  @Test
  @Order(4)
  void downStopsItAndItsDatabase() throws Exception {
    assertThat(launcher.processes()).hasSize(2);
    var down = launcher.run("down", "--data", data);
    assertThat(down.out()).isEqualTo("Firstcome has stopped.\n");
    assertThat(down.err()).isEmpty();
    assertThat(down.code()).isZero();
    assertThat(down.took()).isLessThan(STOP_MAX);
    assertThat(launcher.processes()).isEmpty();
    var again = launcher.run("down", "--data", data);
    assertThat(again.out()).isEqualTo("Firstcome is not running on " + data + ".\n");
    assertThat(again.code()).isZero();
  }

  @Test
  @Order(5)
  void startsAgainWithWhatWasThereAndStopsOnSigterm() throws Exception {
    up = upDetached();
    assertThat(up.code()).as(up.err()).isZero();
    System.out.printf("LauncherE2E: second start %.1f s%n", up.took().toMillis() / 1000.0);
    var status = "curl -sS http://localhost:%s/api/campaigns/welcome/status".formatted(port);
    assertThat(answer(status)).contains("\"currentStock\":99", "\"lag\":0");

    var pid = Long.parseLong(Files.readString(Path.of(data, "pid")).strip());
    long began = System.nanoTime();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroy()).isTrue();
    await().atMost(STOP_MAX).until(() -> launcher.processes().isEmpty());
    System.out.printf("LauncherE2E: stop %.1f s%n", (System.nanoTime() - began) / 1e9);
    assertThat(Path.of(data, "pid")).doesNotExist();
  }
}
