package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.standalone.Participants.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole product is killed again and again while people take part. */
@EnabledOnOs(OS.LINUX)
class KilledE2E {
  private static final int REQUESTS = 20_000;
  private static final int RATE = 350;
  private static final int KILLS_SERVING = Integer.getInteger("firstcome.e2e.kills", 10);
  private static final String ONE = "one-partition";
  private static final String FOUR = "four-partitions";

  private final long seed = Long.getLong("firstcome.e2e.seed", System.nanoTime() % 1_000_000);
  private final Random random = new Random(seed);
  private final List<Duration> restarts = new ArrayList<>();
  private int killsStarting;
  private int databasesKilled;

  @Test
  void nothingIsLostAndNothingHappensTwice() throws Exception {
    System.out.println("KilledE2E: -Dfirstcome.e2e.seed=" + seed);
    try (var product = new ProductProcess("killed");
        var seen = new SeenResults(product);
        var participants =
            new Participants(product, Participants.wishes(random, REQUESTS, List.of(ONE, FOUR)))) {
      product.startAndKeepClasses();
      var firstStart = product.awaitReady();
      product.createCampaign(ONE, 500, 1);
      product.createCampaign(FOUR, 1_500, 4);
      product.stop();
      product.start();
      product.awaitReady();
      participants.start(RATE);
      seen.watch(participants, new Random(seed));
      for (int kill = 1; kill <= KILLS_SERVING; kill++) {
        // A random moment of its part of the run.
        int after = (int) ((kill - 1 + random.nextDouble()) * REQUESTS / (KILLS_SERVING + 2));
        await("request " + after)
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> participants.acceptedCount() >= after);
        killAndStart(product, kill);
      }
      await("all requests").atMost(Duration.ofMinutes(3)).until(participants::areDone);
      int seenOnTheWay = seen.count();
      assertExact(product, participants, seen);
      print(participants, firstStart, seenOnTheWay, seen.count());
    }
  }

  private void killAndStart(ProductProcess product, int kill) throws Exception {
    // Every other time the database goes, too, as in a crash of the machine.
    kill(product, random.nextBoolean());
    if (kill % 5 == 0) {
      product.start();
      // Nothing to wait for but the time itself: this kill comes at any point of a start.
      var never = new CountDownLatch(1);
      assertThat(never.await(500 + random.nextInt(6_000), TimeUnit.MILLISECONDS)).isFalse();
      kill(product, random.nextBoolean());
      killsStarting++;
    }
    product.start();
    restarts.add(product.awaitReady());
  }

  private void kill(ProductProcess product, boolean databaseToo) {
    product.kill();
    if (databaseToo && product.killDatabase()) {
      databasesKilled++;
    }
  }

  private static void assertExact(
      ProductProcess product, Participants participants, SeenResults seen) throws Exception {
    product.awaitNoLag(ONE);
    product.awaitNoLag(FOUR);
    assertThat(participants.calls(Outcome.REFUSED)).isEmpty();
    seen.assertAllFinal(participants.accepted());
    try (var connection = product.connect()) {
      for (var campaign : List.of(ONE, FOUR)) {
        var tables = CampaignTables.read(connection, campaign);
        tables.assertExact();
        tables.assertHold(participants.accepted(campaign));
      }
    }
  }

  private void print(
      Participants participants, Duration firstStart, int seenOnTheWay, int results) {
    Collections.sort(restarts);
    System.out.printf(
        "KilledE2E: %d kills (%d with the database, %d while starting), first start %.1f s,"
            + " restarts median %.1f s max %.1f s, %d accepted, %d unknown, %d retried,"
            + " %d results (%d seen on the way)%n",
        KILLS_SERVING + killsStarting,
        databasesKilled,
        killsStarting,
        seconds(firstStart),
        seconds(restarts.get(restarts.size() / 2)),
        seconds(restarts.getLast()),
        participants.acceptedCount(),
        participants.calls(Outcome.UNKNOWN).size(),
        participants.retriedCount(),
        results,
        seenOnTheWay);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
