package io.firstcome.api.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** What Slack is to the product: it takes messages, refuses them or says nothing. */
final class HookReceiver implements AutoCloseable {
  static final String SECRET = "/services/T0/s3cret";

  /** The texts of the messages that it has taken. */
  final List<String> taken = new CopyOnWriteArrayList<>();

  /** The bodies of all requests. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  final List<String> contentTypes = new CopyOnWriteArrayList<>();
  volatile int status = 200;
  volatile CountDownLatch held = new CountDownLatch(0);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(SECRET, this::answer);
    server.createContext("/elsewhere", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + SECRET;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(body);
      contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
      held.await();
      if (status < 300) {
        taken.add(new JsonMapper().readTree(body).get("text").asString());
      }
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    held.countDown();
    server.stop(0);
    threads.close();
  }
}
