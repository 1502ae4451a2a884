package io.firstcome.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.bench.OpenLoop.FollowUp;
import io.firstcome.bench.OpenLoop.Next;
import io.firstcome.bench.OpenLoop.Outcome;
import io.firstcome.bench.OpenLoop.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /**
   * A sender that waits for answers before it sends on would see one slow request of 200. Of those
   * that are due in the half second of the stall, each waits for what is left of it.
   */
  @Test
  void tellsOfAStallInEveryRequestThatWasDueInIt() throws IOException {
    try (var server = new StallingServer(50, 500, 202)) {
      var outcome = send(server, Plan.rate(100, 2), FollowUp.NONE);
      assertThat(outcome.succeeded).isEqualTo(200);
      assertThat(outcome.first.getMaxValue()).isGreaterThan(490_000);
      long slow = outcome.first.getCountBetweenValues(100_000, 600_000);
      // 50 are due in it, and 10 of them in its last 100 ms.
      assertThat(slow).isBetween(35L, 60L);
    }
  }

  @Test
  void sendsAtThePlannedRateWhateverTheAnswersTake() throws IOException {
    try (var server = new StallingServer(1, 300, 200)) {
      var outcome = send(server, Plan.rate(200, 1), FollowUp.NONE);
      assertThat(server.requests()).isEqualTo(200);
      assertThat(outcome.seconds).isLessThan(3);
    }
  }

  @Test
  void sendsACrowdAtOnce() throws IOException {
    try (var server = new StallingServer(0, 0, 202)) {
      var outcome = send(server, Plan.atOnce(300), FollowUp.NONE);
      assertThat(outcome.succeeded).isEqualTo(300);
      assertThat(outcome.first.getTotalCount()).isEqualTo(300);
    }
  }

  @Test
  void measuresTheResultFromTheFirstRequestOn() throws IOException {
    try (var server = new StallingServer(0, 0, 200)) {
      var asked = new AtomicInteger();
      FollowUp twice =
          (status, body) ->
              asked.incrementAndGet() <= 5 ? new Next(Duration.ofMillis(200), GET) : null;
      var outcome = send(server, Plan.atOnce(5), twice);
      assertThat(outcome.succeeded).isEqualTo(5);
      assertThat(server.requests()).isEqualTo(10);
      assertThat(outcome.last.getMinValue()).isGreaterThan(195_000);
      assertThat(outcome.first.getMinValue()).isLessThan(195_000);
    }
  }

  @Test
  void countsRefusals() throws IOException {
    try (var server = new StallingServer(0, 0, 503)) {
      var outcome = send(server, Plan.rate(100, 0.2), FollowUp.NONE);
      assertThat(outcome.refused).isEqualTo(20);
      assertThat(outcome.succeeded).isZero();
      assertThat(outcome.first.getTotalCount()).isZero();
      assertThat(outcome.firstProblem).startsWith("503");
    }
  }

  @Test
  void countsThoseWhomNobodyAnswers() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var outcome =
        OpenLoop.run(port, Plan.rate(100, 0.1), i -> GET, FollowUp.NONE, Duration.ofMillis(500));
    assertThat(outcome.failed).isEqualTo(10);
    assertThat(outcome.firstProblem).isNotNull();
  }

  private static Outcome send(StallingServer server, Plan plan, FollowUp followUp) {
    return OpenLoop.run(server.port(), plan, i -> GET, followUp, PATIENCE);
  }
}
