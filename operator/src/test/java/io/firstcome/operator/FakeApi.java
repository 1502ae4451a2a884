package io.firstcome.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.firstcome.operator.registration.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The internal interface of the api, as far as the operator can see, with faults on demand. */
final class FakeApi implements AutoCloseable {
  static final String TOKEN = "only-for-tests";
  private static final String PATH = "/api/internal/campaigns";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final AtomicLong ids = new AtomicLong();

  /** What it has, by name. */
  final Map<String, Registration> rows = new ConcurrentHashMap<>();

  /** Methods and paths of everything but GET, in order. */
  final List<String> changes = new CopyOnWriteArrayList<>();

  private final Map<String, AtomicLong> looks = new ConcurrentHashMap<>();

  /** Refusals of a PUT, code and detail, by name. */
  final Map<String, String[]> refusals = new ConcurrentHashMap<>();

  /** Every answer is 503 while this is set. */
  volatile boolean down;

  /** A removal cannot reach Kafka while this is set. */
  volatile boolean kafkaAway;

  /** Kafka refuses a removal while this is set. */
  volatile boolean kafkaRefuses;

  /** Changes of these methods come to nothing and are not answered before the latch opens. */
  final Map<String, CountDownLatch> holds = new ConcurrentHashMap<>();

  FakeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PATH, this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often it was asked for the campaign. */
  int looksAt(String name) {
    return looks.getOrDefault(name, new AtomicLong()).intValue();
  }

  List<String> changesOf(String name) {
    return changes.stream().filter(one -> one.contains(name)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var method = exchange.getRequestMethod();
      var name = exchange.getRequestURI().getPath().substring(PATH.length()).replaceFirst("/", "");
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, problem("UNAUTHORIZED", "Sign in first"));
      } else if (down) {
        answer(exchange, 503, problem("SERVICE_UNAVAILABLE", "Not now"));
      } else if (method.equals("GET")) {
        get(exchange, name);
      } else {
        change(exchange, method, name);
      }
    }
  }

  private void get(HttpExchange exchange, String name) throws IOException {
    if (!name.isEmpty()) {
      looks.computeIfAbsent(name, _ -> new AtomicLong()).incrementAndGet();
      var row = rows.get(name);
      answer(exchange, row == null ? 404 : 200, row == null ? missing() : asOfNow(row));
      return;
    }
    var namespace = exchange.getRequestURI().getQuery().replace("namespace=", "");
    answer(
        exchange,
        200,
        rows.values().stream()
            .filter(row -> namespace.equals(row.namespace()))
            .map(row -> Map.of("name", row.name(), "released", row.released()))
            .toList());
  }

  private void change(HttpExchange exchange, String method, String path) throws IOException {
    var hold = holds.get(method);
    changes.add(method + " " + path);
    if (hold != null) {
      awaitOpen(hold);
      return;
    }
    var name = path.replace("/release", "");
    switch (method) {
      case "PUT" -> put(exchange, name);
      case "POST" -> {
        var row =
            isOfCaller(exchange, name)
                ? rows.computeIfPresent(name, (_, old) -> released(old))
                : null;
        answer(exchange, row == null ? 404 : 204, row == null ? missing() : null);
      }
      case "DELETE" -> {
        if (kafkaAway) {
          answer(exchange, 503, problem("LOG_UNAVAILABLE", "The log did not delete"));
        } else if (kafkaRefuses) {
          answer(exchange, 409, problem("CHANGE_REFUSED", "Kafka does not delete the topic"));
        } else {
          var row = isOfCaller(exchange, name) ? rows.remove(name) : null;
          answer(exchange, row == null ? 404 : 204, row == null ? missing() : null);
        }
      }
      default -> answer(exchange, 405, problem("METHOD_NOT_ALLOWED", method));
    }
  }

  private static void awaitOpen(CountDownLatch hold) {
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOfCaller(HttpExchange exchange, String name) {
    var row = rows.get(name);
    return row != null
        && ("namespace=" + row.namespace()).equals(exchange.getRequestURI().getQuery());
  }

  private void put(HttpExchange exchange, String name) throws IOException {
    var refusal = refusals.get(name);
    if (refusal != null) {
      answer(exchange, 409, problem(refusal[0], refusal[1]));
      return;
    }
    var body = JSON.readTree(exchange.getRequestBody());
    var row =
        rows.compute(
            name, (_, old) -> row(name, body, old == null ? ids.incrementAndGet() : old.id()));
    answer(exchange, 200, row);
  }

  private static Registration row(String name, JsonNode body, long id) {
    long stock = body.get("totalStock").asLong();
    boolean paused = body.get("paused").asBoolean();
    var topic = body.get("topic");
    return new Registration(
        id,
        name,
        body.get("namespace").asString(),
        false,
        // As the api does: without blanks at the ends, and times cut to microseconds.
        body.get("displayName").asString().strip(),
        stock,
        instant(body.get("opensAt")),
        instant(body.get("closesAt")),
        body.get("timeZone").asString(),
        body.get("repeatable").asBoolean(),
        body.get("soldOut").asString(),
        paused,
        false,
        paused ? "PAUSED" : "OPEN",
        topic == null ? null : JSON.treeToValue(topic, Registration.Topic.class),
        body.get("lane") == null ? null : body.get("lane").asString(),
        new Registration.Sample(stock, stock, 0, 0, 0L, Instant.now()));
  }

  /** As if requests had been decided. */
  void decided(String name, long succeeded, long failed, @Nullable Long lag) {
    rows.computeIfPresent(
        name,
        (_, row) ->
            with(
                row,
                row.released(),
                row.state(),
                new Registration.Sample(
                    row.totalStock(),
                    row.totalStock() - succeeded,
                    succeeded,
                    failed,
                    lag,
                    Instant.now())));
  }

  /** Says of the campaign what no operator can read. */
  void saysNonsenseOf(String name) {
    rows.computeIfPresent(
        name, (_, row) -> with(row, row.released(), null, Objects.requireNonNull(row.sample())));
  }

  private static Registration asOfNow(Registration row) {
    var was = row.sample();
    var sample =
        new Registration.Sample(
            was.total(), was.remaining(), was.succeeded(), was.failed(), was.lag(), Instant.now());
    return with(row, row.released(), row.state(), sample);
  }

  private static Registration released(Registration row) {
    return with(row, true, "PAUSED", row.sample());
  }

  private static Registration with(
      Registration row,
      boolean released,
      @Nullable String state,
      Registration.@Nullable Sample sample) {
    return new Registration(
        row.id(),
        row.name(),
        row.namespace(),
        released,
        row.displayName(),
        row.totalStock(),
        row.opensAt(),
        row.closesAt(),
        row.timeZone(),
        row.repeatable(),
        row.soldOut(),
        row.paused(),
        row.closed(),
        state,
        row.topic(),
        row.lane(),
        sample);
  }

  private static @Nullable Instant instant(@Nullable JsonNode node) {
    return node == null || node.isNull()
        ? null
        : Instant.parse(node.asString()).truncatedTo(ChronoUnit.MICROS);
  }

  private static Map<String, String> missing() {
    return problem("CAMPAIGN_NOT_FOUND", "No such campaign");
  }

  private static Map<String, String> problem(String code, String detail) {
    return Map.of("code", code, "detail", detail);
  }

  private static void answer(HttpExchange exchange, int status, @Nullable Object body)
      throws IOException {
    var bytes =
        body == null ? new byte[0] : JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
