package io.firstcome.operator;

import io.firstcome.testing.KubeApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator as a process of its own. Its log is below {@code target/e2e}. */
final class OperatorProcess implements AutoCloseable {
  private final int port;
  private final Process process;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  OperatorProcess(String name, String namespace, List<String> settings) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    log = Path.of("target", "e2e", name + ".log").toAbsolutePath();
    Files.createDirectories(log.getParent());
    var ofTests = System.getProperty("surefire.test.class.path");
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ofTests != null ? ofTests : System.getProperty("java.class.path"),
                OperatorApplication.class.getName(),
                "--server.port=" + port,
                "--firstcome.operator.namespaces=" + namespace));
    command.addAll(settings);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", KubeApiServer.get().kubeconfig().toString());
    builder.environment().put("POD_NAMESPACE", namespace);
    builder.environment().put("HOSTNAME", name);
    builder.environment().put("FIRSTCOME_OPERATOR_TOKEN", FakeApi.TOKEN);
    process = builder.redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-operator"));
  }

  /** The answer's status and body, or 0 and nothing if nobody listens. */
  HttpAnswer get(String path) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new HttpAnswer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new HttpAnswer(0, "");
    }
  }

  record HttpAnswer(int status, String body) {}

  boolean isAlive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Asks it to end, as Kubernetes does, and says whether it did. */
  boolean endsWithin(long seconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
