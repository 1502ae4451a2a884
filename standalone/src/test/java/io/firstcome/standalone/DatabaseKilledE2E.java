package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.standalone.Participants.Call;
import io.firstcome.standalone.Participants.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only the database is killed: requests are taken meanwhile, results follow. */
@EnabledOnOs(OS.LINUX)
class DatabaseKilledE2E {
  private static final int RATE = 200;
  private static final int REQUESTS = 8_000;
  private static final String CAMPAIGN = "one-partition";
  private static final Duration STREAK_MAX = Duration.ofSeconds(3);

  /** How long each outage lasts at least: until then a server that comes back is killed again. */
  private static final List<Duration> OUTAGES =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(3),
          Duration.ZERO,
          Duration.ofSeconds(6),
          Duration.ZERO);

  private record Span(long fromNanos, long toNanos) {
    boolean covers(Call call) {
      return fromNanos <= call.beganNanos() && call.endedNanos() <= toNanos;
    }
  }

  @Test
  void requestsAreTakenWhileTheDatabaseIsDead() throws Exception {
    try (var product = new ProductProcess("database-killed");
        var seen = new SeenResults(product);
        var participants =
            new Participants(
                product, Participants.wishes(new Random(7), REQUESTS, List.of(CAMPAIGN)))) {
      product.start();
      product.awaitReady();
      product.createCampaign(CAMPAIGN, 500, 1);
      participants.start(RATE);
      seen.watch(participants, new Random(7));
      var dead = new ArrayList<Span>();
      for (int i = 0; i < OUTAGES.size(); i++) {
        int after = (i + 1) * REQUESTS / (OUTAGES.size() + 2);
        await().atMost(Duration.ofMinutes(1)).until(() -> participants.acceptedCount() >= after);
        dead.add(killDatabase(product, OUTAGES.get(i)));
      }
      await().atMost(Duration.ofMinutes(2)).until(participants::areDone);
      product.awaitReady();
      product.awaitNoLag(CAMPAIGN);
      assertTakenMeanwhile(participants, dead);
      seen.assertAllFinal(participants.accepted());
      try (var connection = product.connect()) {
        var tables = CampaignTables.read(connection, CAMPAIGN);
        tables.assertExact();
        tables.assertHold(participants.accepted());
      }
    }
  }

  /** Returns a span in which nobody listened on the database's port at any time. */
  private static Span killDatabase(ProductProcess product, Duration outage) {
    int port = product.databasePort();
    assertThat(product.killDatabase()).isTrue();
    long from = System.nanoTime();
    var last = new long[] {from};
    await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          if (System.nanoTime() - from < outage.toNanos()) {
            // Before it has come so far as to listen.
            product.killDatabase();
          }
          long now = System.nanoTime();
          if (listens(port)) {
            return true;
          }
          last[0] = now;
          return false;
        });
    return new Span(from, last[0]);
  }

  private static boolean listens(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static void assertTakenMeanwhile(Participants participants, List<Span> dead) {
    assertThat(participants.calls(Outcome.REFUSED)).isEmpty();
    long deadMs =
        dead.stream().mapToLong(span -> (span.toNanos - span.fromNanos) / 1_000_000).sum();
    long meanwhile =
        participants.calls(Outcome.OK).stream()
            .filter(call -> dead.stream().anyMatch(span -> span.covers(call)))
            .count();
    var streak = longestStreakWithoutSuccess(participants.calls());
    System.out.printf(
        "DatabaseKilledE2E: %d outages, %.1f s dead in all, %d accepted of them %d while dead,"
            + " %d unknown, %d retried, longest time without a 202 %.2f s%n",
        dead.size(),
        deadMs / 1000.0,
        participants.acceptedCount(),
        meanwhile,
        participants.calls(Outcome.UNKNOWN).size(),
        participants.retriedCount(),
        streak.toMillis() / 1000.0);
    assertThat(deadMs).isGreaterThan(9_000);
    assertThat(meanwhile).isPositive();
    assertThat(streak).isLessThan(STREAK_MAX);
  }

  private static Duration longestStreakWithoutSuccess(List<Call> calls) {
    var ended =
        calls.stream()
            .filter(call -> call.outcome() == Outcome.OK)
            .map(Call::endedNanos)
            .sorted(Comparator.naturalOrder())
            .toList();
    long longest = 0;
    for (int i = 1; i < ended.size(); i++) {
      longest = Math.max(longest, ended.get(i) - ended.get(i - 1));
    }
    return Duration.ofNanos(longest);
  }
}
