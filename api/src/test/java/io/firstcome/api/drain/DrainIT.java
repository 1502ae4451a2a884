package io.firstcome.api.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

class DrainIT {
  private static final int CLIENTS = 8;

  /** Set when the balancer sees that the server is not ready: from then on nobody is led to it. */
  private final AtomicBoolean ledAway = new AtomicBoolean();

  private final AtomicInteger answers = new AtomicInteger();

  /** Clients that keep their connections, a balancer that asks for readiness, and a stop. */
  @Test
  void nobodyFails() throws Exception {
    var server = ApiServer.start("firstcome.drain=4s", "management.server.port=0");
    var environment = server.bean(Environment.class);
    int port = environment.getRequiredProperty("local.server.port", int.class);
    int management = environment.getRequiredProperty("local.management.port", int.class);
    var readiness = new ApiClient("http://localhost:" + management, null, null);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<Future<Integer>>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> connectionsOfOneClient(port)));
      }
      await().until(() -> answers.get() >= 20 * CLIENTS);
      var stop = threads.submit(server::close);
      await()
          .pollInterval(Duration.ofMillis(100))
          .until(() -> readiness.get("/actuator/health/readiness").status() == 503);
      int before = answers.get();
      await().until(() -> answers.get() >= before + CLIENTS);
      ledAway.set(true);
      assertThat(connectionsOf(clients)).allSatisfy(count -> assertThat(count).isGreaterThan(1));
      assertThat(stop).as("stops after the clients have left").isNotDone();
      stop.get(30, TimeUnit.SECONDS);
    }
    assertThatThrownBy(() -> new Socket("localhost", port)).isInstanceOf(ConnectException.class);
  }

  private static List<Integer> connectionsOf(List<Future<Integer>> clients)
      throws InterruptedException, ExecutionException {
    var counts = new ArrayList<Integer>();
    for (var client : clients) {
      counts.add(client.get());
    }
    return counts;
  }

  /** As many as it took, each used until the server says that it closes it. */
  private int connectionsOfOneClient(int port) throws IOException, InterruptedException {
    int connections = 0;
    while (!ledAway.get()) {
      connections++;
      try (var socket = new Socket("localhost", port)) {
        socket.setSoTimeout(10_000);
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        while (!ask(socket, in)) {
          Thread.sleep(10);
        }
        assertThat(in.read()).as("closed behind the answer").isEqualTo(-1);
      }
    }
    return connections;
  }

  /** Whether the answer said that it is the last one on this connection. */
  private boolean ask(Socket socket, BufferedReader in) throws IOException {
    var request = "HEAD /api/campaigns HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 ");
    boolean last = false;
    for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      last |= line.equalsIgnoreCase("Connection: close");
    }
    answers.incrementAndGet();
    return last;
  }
}
