package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.rule.Request;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecidingIT {

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givesTenThousandRequestsOneResultEach(int partitions) {
    try (var line = new TestLine(partitions)) {
      long campaign = line.campaign("sale", 50, false);
      for (int i = 0; i < 10_000; i++) {
        line.send(campaign, "user-" + i, null);
      }
      line.startConsumer("--firstcome.consumer.threads=2");
      line.awaitDecided();

      assertThat(line.count("participation")).isEqualTo(10_000);
      assertThat(line.count("participation WHERE outcome = 'SUCCESS'")).isEqualTo(50);
      assertThat(line.count("participation WHERE outcome = 'OUT_OF_STOCK'")).isEqualTo(9_950);
      assertThat(
              line.jdbc
                  .sql("SELECT remaining, failed FROM campaign")
                  .query((row, n) -> List.of(row.getLong(1), row.getLong(2)))
                  .single())
          .isEqualTo(List.of(0L, 9_950L));
      assertThat(ranks(line, campaign)).isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
      // Inside a partition the order of decisions is the order of the log.
      assertThat(
              line.count(
                  "(SELECT log_offset, LAG(log_offset) OVER (PARTITION BY part ORDER BY id) AS"
                      + " before_it FROM participation) AS o WHERE log_offset <= before_it"))
          .isZero();
      if (partitions == 1) {
        assertThat(line.count("participation WHERE outcome = 'SUCCESS' AND log_offset < 50"))
            .isEqualTo(50);
      }
    }
  }

  private static List<Long> ranks(TestLine line, long campaign) {
    return line.jdbc
        .sql(
            "SELECT success_rank FROM participation WHERE campaign_id = ? AND outcome = 'SUCCESS'"
                + " ORDER BY id")
        .param(campaign)
        .query(Long.class)
        .list();
  }

  @Test
  void keepsThreeHundredCouponsOnOneTopicExactAndOrdered() {
    try (var line = new TestLine(6)) {
      var coupons = LongStream.range(0, 300).map(i -> line.campaign("c" + i, 3, false)).toArray();
      for (int user = 0; user < 10; user++) {
        for (long coupon : coupons) {
          var value = new RequestMessage(coupon, new Request("user-" + user, null)).encode();
          line.sendRaw((int) (coupon % 6), Long.toString(coupon), value);
        }
      }
      line.startConsumer("--firstcome.consumer.threads=2");
      line.awaitDecided();

      for (long coupon : coupons) {
        assertThat(ranks(line, coupon)).containsExactly(1L, 2L, 3L);
      }
      // The winners of each coupon are its three lowest offsets.
      assertThat(
              line.count(
                  "(SELECT outcome, RANK() OVER (PARTITION BY campaign_id ORDER BY log_offset)"
                      + " AS place FROM participation) AS r WHERE (place <= 3) <>"
                      + " (outcome = 'SUCCESS')"))
          .isZero();
      assertThat(line.count("participation")).isEqualTo(3_000);
    }
  }

  @Test
  void answersRepeatsAndSecondRequestsOverBatchesAndPartitions() {
    try (var line = new TestLine(2)) {
      long once = line.campaign("once", 10, false);
      long often = line.campaign("often", 10, true);
      line.startConsumer();
      for (int round = 0; round < 2; round++) {
        line.send(once, "ann", "k1");
        line.send(once, "ann", "k2");
        line.send(once, "ann", "k1");
        line.send(often, "ann", "k1");
        line.send(often, "ann", null);
        line.awaitDecided();
      }
      assertThat(outcomes(line, once))
          .containsExactly(
              "SUCCESS 1",
              "ALREADY_ISSUED",
              "SUCCESS 1 again",
              "SUCCESS 1 again",
              "ALREADY_ISSUED",
              "SUCCESS 1 again");
      assertThat(outcomes(line, often))
          .containsExactly("SUCCESS 1", "SUCCESS 2", "SUCCESS 1 again", "SUCCESS 3");
      assertThat(
              line.jdbc.sql("SELECT remaining FROM campaign ORDER BY id").query(Long.class).list())
          .containsExactly(9L, 7L);
    }
  }

  @Test
  void treatsUserIdsThatOnlyCollationsCallEqualAsDifferent() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 10, false);
      line.startConsumer();
      for (var user : List.of("ann", "Ann", "änn", "ann ", "김철수", "😀", "7", "07")) {
        line.send(campaign, user, null);
      }
      line.awaitDecided();
      assertThat(line.count("participation WHERE outcome = 'SUCCESS'")).isEqualTo(8);
    }
  }

  @Test
  void marksTheBusinessDayThatTheStatisticsDoNotKnowYet() {
    try (var line = new TestLine(1)) {
      long here = line.campaign("here", 1, false);
      long there = line.campaign("there", 5, false);
      line.campaign("idle", 5, false);
      var zones = Map.of(here, ZoneId.of("Asia/Seoul"), there, ZoneId.of("Pacific/Kiritimati"));
      line.jdbc
          .sql("UPDATE campaign SET time_zone = 'Pacific/Kiritimati' WHERE id = ?")
          .param(there)
          .update();
      line.startConsumer();
      line.send(here, "ann", "k");
      line.send(there, "ann", null);
      line.awaitDecided();
      // The same request again counts nowhere, so nothing is out of date.
      line.send(here, "ann", "k");
      line.awaitDecided();
      line.send(here, "bob", null);
      line.awaitDecided();

      // Each of the three was a batch of its own.
      var expected =
          line
              .jdbc
              .sql("SELECT campaign_id, logged_at FROM participation WHERE is_repeat = FALSE")
              .query((row, n) ->
                  row.getLong(1)
                      + " "
                      + row.getObject(2, LocalDateTime.class)
                          .atZone(ZoneOffset.UTC)
                          .withZoneSameInstant(zones.get(row.getLong(1)))
                          .toLocalDate())
              .stream()
              .collect(Collectors.groupingBy(day -> day, TreeMap::new, Collectors.counting()));
      var marked = new TreeMap<String, Long>();
      line.jdbc
          .sql("SELECT CONCAT(campaign_id, ' ', stat_date), changes FROM stats_pending")
          .query(row -> {
            marked.put(row.getString(1), row.getLong(2));
          });
      assertThat(expected.values().stream().mapToLong(n -> n).sum()).isEqualTo(3);
      assertThat(marked).isEqualTo(expected);
      assertThat(
              line.count(
                  "stats_pending WHERE since BETWEEN UTC_TIMESTAMP(6) - INTERVAL 60"
                      + " SECOND AND UTC_TIMESTAMP(6)"))
          .isEqualTo(marked.size());
    }
  }

  private static List<String> outcomes(TestLine line, long campaign) {
    return line.jdbc
        .sql(
            "SELECT CONCAT(outcome, IF(success_rank IS NULL, '', CONCAT(' ', success_rank)),"
                + " IF(is_repeat, ' again', '')) FROM participation WHERE campaign_id = ?"
                + " ORDER BY id")
        .param(campaign)
        .query(String.class)
        .list();
  }

  /** What a pool believes that its sessions are is not asked for again, so it has to be true. */
  @Test
  void decidesUnderReadCommitted() throws SQLException {
    try (var line = new TestLine(1);
        var holder =
            DriverManager.getConnection(
                line.database.jdbcUrl(), line.database.user(), line.database.password())) {
      long campaign = line.campaign("held", 1, false);
      holder.setAutoCommit(false);
      holder
          .createStatement()
          .execute("SELECT id FROM campaign WHERE id = " + campaign + " FOR UPDATE");
      line.startConsumer();
      line.send(campaign, "somebody", null);
      var level =
          Awaitility.await()
              .atMost(TestLine.PATIENCE)
              .until(
                  () ->
                      line.jdbc
                          .sql(
                              "SELECT trx_isolation_level FROM information_schema.innodb_trx"
                                  + " WHERE trx_state = 'LOCK WAIT'")
                          .query(String.class)
                          .optional(),
                  Optional::isPresent);
      assertThat(level).contains("READ COMMITTED");
      holder.rollback();
      line.awaitDecided();
    }
  }

  /**
   * Requests that trickle in share transactions: two batches begin at least 15 ms apart. The times
   * of the decisions lie inside the transactions, so a slow one may be off by some.
   */
  @Test
  void doesNotSpendATransactionOnEachRequestThatTricklesIn() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("trickle", 500, false);
      line.startConsumer();
      line.send(campaign, "first", null);
      line.awaitDecided();
      for (int i = 0; i < 499; i++) {
        line.send(campaign, "user-" + i, null);
        LockSupport.parkNanos(1_000_000);
      }
      line.awaitDecided();
      var times =
          line.jdbc
              .sql(
                  "SELECT DISTINCT decided_at FROM participation WHERE user_id <> 'first'"
                      + " ORDER BY decided_at")
              .query(LocalDateTime.class)
              .list();
      long millis = Duration.between(times.getFirst(), times.getLast()).toMillis();
      assertThat(times.size()).isLessThanOrEqualTo((int) (millis / 15) + 5);
    }
  }
}
