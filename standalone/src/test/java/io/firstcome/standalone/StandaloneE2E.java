package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class StandaloneE2E {
  private static final Path DATA = Path.of("target", "e2e-data").toAbsolutePath();

  private final String port = Integer.toString(FreePorts.next());
  private final String managementPort = Integer.toString(FreePorts.next());

  @Test
  void startedRefusedKilledStartedAgainAndStopped() throws Exception {
    FileSystemUtils.deleteRecursively(DATA);
    String password;
    ProcessHandle orphan;
    try (var product = start().awaitReady()) {
      assertThat(product.console()).contains("Firstcome is ready: http://localhost:" + port);
      assertThat(health()).contains("\"status\":\"UP\"");
      password = Files.readString(DATA.resolve("admin-password"));

      try (var second = ConsoleProcess.start(DATA, "--port", "1")) {
        assertThat(second.awaitEnd()).isEqualTo(2);
        assertThat(second.console())
            .containsExactly(DATA + " is in use by another running Firstcome.");
      }
      orphan = product.children().getFirst();
      product.kill();
      product.awaitEnd();
      assertThat(orphan.isAlive()).isTrue();
    }
    try (var product = start().awaitReady()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(Files.readString(DATA.resolve("admin-password"))).isEqualTo(password);
      var children = product.children();
      product.terminate();
      assertThat(product.awaitEnd()).isEqualTo(143);
      for (var child : children) {
        child.onExit().get(1, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aTakenPortIsRefusedInOneLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var product =
            ConsoleProcess.start(
                DATA.resolveSibling("e2e-port"), "--port=" + taken.getLocalPort())) {
      assertThat(product.awaitEnd()).isEqualTo(2);
      assertThat(product.console())
          .containsExactly(
              "Port %d is taken or not allowed; choose another one with --port."
                  .formatted(taken.getLocalPort()));
    }
  }

  private ConsoleProcess start() throws IOException {
    return ConsoleProcess.start(DATA, "--port", port, "--management-port", managementPort);
  }

  private String health() throws IOException, InterruptedException {
    var address = "http://127.0.0.1:%s/actuator/health".formatted(managementPort);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
          .body();
    }
  }
}
