package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.testing.FaultProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A consumer that stands still as a whole, heartbeats included, and wakes up after another one has
 * done its work: the process does not know that time has passed, so only the fence can stop it.
 */
@EnabledOnOs(OS.LINUX)
class PausedConsumerE2E {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 2;
  private static final int STOCK = 250;
  private static final int SESSION_LOST_AFTER_S = 8;

  /** Kafka takes the partitions away after three seconds without a heartbeat. */
  private static final List<String> SHORT_SESSION =
      List.of(
          "--spring.kafka.consumer.properties.session.timeout.ms=3000",
          "--spring.kafka.consumer.properties.heartbeat.interval.ms=500",
          "--spring.kafka.consumer.properties.max.poll.interval.ms=6000");

  /** However long it stands still, nothing but the fence is to stop what it was about to do. */
  private static final List<String> NO_DEADLINES =
      List.of(
          "--firstcome.consumer.transaction-deadline=10m",
          "--spring.datasource.hikari.data-source-properties.socketTimeout=600000");

  private static ConsumerProcess start(
      TestLine line, String jdbcUrl, String name, List<String> more) throws IOException {
    var settings = new ArrayList<>(line.consumerSettings(jdbcUrl));
    settings.addAll(SHORT_SESSION);
    settings.addAll(more);
    return new ConsumerProcess(name, settings);
  }

  private static void sendHundred(TestLine line, long campaign, String prefix) {
    IntStream.range(0, 100).forEach(i -> line.send(campaign, prefix + i, null));
    line.flush();
  }

  /** Every offset once, nothing beyond, ranks without a gap, no user twice, the stock agrees. */
  private static void assertExact(TestLine line, int requests) {
    long successes = Math.min(requests, STOCK);
    assertThat(line.count("participation")).isEqualTo(requests);
    assertThat(line.count("(SELECT DISTINCT part, log_offset FROM participation) p"))
        .isEqualTo(requests);
    assertThat(line.nextOffset(0) + line.nextOffset(1)).isEqualTo(requests);
    assertThat(line.count("dead_letter")).isZero();
    assertThat(line.count("(SELECT DISTINCT user_id FROM participation) p")).isEqualTo(requests);
    assertThat(line.count("(SELECT DISTINCT success_rank r FROM participation) p WHERE r > 0"))
        .isEqualTo(successes);
    assertThat(line.jdbc.sql("SELECT MAX(success_rank) FROM participation").query(Long.class))
        .extracting(query -> query.single())
        .isEqualTo(successes);
    assertThat(line.jdbc.sql("SELECT remaining FROM campaign").query(Long.class).single())
        .isEqualTo(STOCK - successes);
  }

  /** All that was decided. Who may go on deciding is left out: a claim changes that rightly. */
  private static List<List<Map<String, Object>>> decided(TestLine line) {
    return List.of(
        line.jdbc.sql("CHECKSUM TABLE participation, dead_letter, campaign").query().listOfRows(),
        line.jdbc
            .sql("SELECT part, next_offset FROM consumer_offset ORDER BY part")
            .query()
            .listOfRows());
  }

  /** Waits until both have a partition and both decide. */
  private static void assertBothWork(TestLine line, long campaign, ConsumerProcess... both) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    line.jdbc.sql("SELECT owner FROM consumer_offset").query(String.class).list())
                .hasSize(PARTITIONS)
                .anyMatch(owner -> owner.contains("/" + both[0].pid() + "/"))
                .anyMatch(owner -> owner.contains("/" + both[1].pid() + "/")));
    sendHundred(line, campaign, "last-");
    line.awaitDecided();
    assertExact(line, 300);
  }

  @Test
  void stoppedBetweenPollAndItsFirstStatement() throws Exception {
    try (var line = new TestLine(PARTITIONS);
        var proxy = new FaultProxy(line.database)) {
      long campaign = line.campaign("sale", STOCK, false);
      try (var paused = start(line, proxy.jdbcUrl(), "stopped-before", NO_DEADLINES)) {
        sendHundred(line, campaign, "first-");
        line.awaitDecided();
        proxy.hold();
        sendHundred(line, campaign, "second-");
        assertThat(proxy.awaitHeld(10)).isTrue();
        paused.pause();
        try (var other = start(line, line.database.jdbcUrl(), "took-over-before", List.of())) {
          line.awaitDecided();
          assertExact(line, 200);
          var before = decided(line);

          paused.goOn();
          proxy.release();
          await().atMost(PATIENCE).until(() -> paused.log().contains("Fenced: "));
          assertThat(decided(line)).isEqualTo(before);
          assertExact(line, 200);
          assertBothWork(line, campaign, paused, other);
        }
      }
    }
  }

  @Test
  void stoppedInsideItsTransaction() throws Exception {
    var sessionEnds =
        "--spring.datasource.hikari.data-source-properties.sessionVariables=wait_timeout="
            + SESSION_LOST_AFTER_S
            + ",innodb_lock_wait_timeout=5";
    try (var line = new TestLine(PARTITIONS)) {
      var jdbcUrl = line.database.jdbcUrl();
      long campaign = line.campaign("sale", STOCK, false);
      try (var paused = start(line, jdbcUrl, "stopped-inside", List.of(sessionEnds))) {
        sendHundred(line, campaign, "first-");
        line.awaitDecided();
        try (var lock = lockCampaign(line)) {
          sendHundred(line, campaign, "second-");
          // It has passed the fence, for that is its first statement, and waits for the campaign.
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(20))
              .until(() -> waitingForLocks(line) == 1);
          paused.pause();
          lock.rollback();
        }
        // Stopped, it has both locks now.
        await().atMost(PATIENCE).until(() -> waitingForLocks(line) == 0);
        long lockedNanos = System.nanoTime();
        assertThat(openTransactions(line)).isEqualTo(1);
        try (var other = start(line, jdbcUrl, "took-over-inside", List.of())) {
          line.awaitDecided();
          var took = Duration.ofNanos(System.nanoTime() - lockedNanos);
          System.out.printf(
              "PausedConsumerE2E: decided by the other one %.1f s after the stop%n",
              took.toMillis() / 1000.0);
          assertThat(took).isGreaterThan(Duration.ofSeconds(SESSION_LOST_AFTER_S - 1));
          assertExact(line, 200);
          var before = decided(line);

          int said = paused.log().length();
          paused.goOn();
          // It has noticed: its transaction is gone, or its partitions are.
          await().atMost(PATIENCE).until(() -> paused.log().length() > said);
          assertThat(decided(line)).isEqualTo(before);
          assertBothWork(line, campaign, paused, other);
        }
      }
    }
  }

  private static Connection lockCampaign(TestLine line) throws SQLException {
    var database = line.database;
    var lock =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    lock.setAutoCommit(false);
    try (var statement = lock.createStatement()) {
      statement.executeQuery("SELECT id FROM campaign FOR UPDATE").close();
    }
    return lock;
  }

  private static long waitingForLocks(TestLine line) {
    return line.count("information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'");
  }

  private static long openTransactions(TestLine line) {
    return line.count("information_schema.INNODB_TRX WHERE trx_rows_modified > 0");
  }
}
