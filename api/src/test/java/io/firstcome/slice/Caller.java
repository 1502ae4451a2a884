package io.firstcome.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a server on this machine, and knows what a problem document must and must not contain. */
public final class Caller {
  private static final JsonMapper JSON = new JsonMapper();

  /** Leaks of our insides: none of them may stand in any answer. */
  private static final String[] INSIDES = {
    "Exception", "io.firstcome", "org.", "java.", "\tat ", "SELECT", "jdbc:", "secret"
  };

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  public Caller(int port) {
    this.port = port;
  }

  public static String basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(path, request -> headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> with) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(20));
    try {
      return client.send(with.apply(request).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("No answer from " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends the text as it stands and gives all that comes back until the server closes. */
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends the text, ends its side of the connection, and waits for the server to end its own. */
  public void rawAndLeave(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  public static JsonNode assertProblem(HttpResponse<String> answer, ErrorCode code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.status());
    assertThat(answer.headers().firstValue("Content-Type"))
        .isEqualTo(Optional.of("application/problem+json"));
    return assertProblem(answer.body(), code);
  }

  public static JsonNode assertProblem(String body, ErrorCode code) {
    JsonNode problem = JSON.readTree(body);
    assertThat(problem.path("code").asString()).as(body).isEqualTo(code.name());
    assertThat(problem.path("type").asString()).isEqualTo(code.type());
    assertThat(problem.path("title").asString()).isEqualTo(code.title());
    assertThat(problem.path("status").asInt()).isEqualTo(code.status());
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(body).doesNotContain(INSIDES);
    return problem;
  }
}
