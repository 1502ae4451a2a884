package io.firstcome.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.firstcome.replay.ReplayException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was decided as it should be, the replay agrees with; and what it cannot judge it says. */
class AgreementIT {
  private static final byte[] POISON = "no request".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void agreesWithEverythingThatCanHappen(int partitions) {
    try (var line = new TestLine(partitions)) {
      long campaign = line.campaign(30, false);
      for (int i = 0; i < 200; i++) {
        // Some users again, some with the key that they had, some from another partition.
        var user = "user-" + i % 150;
        line.send(campaign, i % partitions, user, i % 3 == 0 ? "key-" + i % 150 : null);
        if (i % 50 == 7) {
          line.sendRaw(i % partitions, POISON);
          line.sendRaw(i % partitions, null);
          line.send(campaign + 1_000_000, i % partitions, user, null);
        }
        if (i % 40 == 0) {
          line.decide(7);
          line.decideSync(campaign, "user-" + i / 2, "key-" + i);
        }
        if (i == 90) {
          line.grow(campaign, 45);
        }
      }
      line.decide(7);
      line.grow(campaign, 46);
      line.decideSync(campaign, "last", null);

      var report = line.replay(campaign);

      assertThat(report.differences()).isEmpty();
      assertThat(report.agree()).isTrue();
      assertThat(report.replayed()).isEqualTo(206);
      assertThat(report.notInLog()).isEqualTo(6);
      assertThat(TestLine.number("SELECT remaining FROM campaign WHERE id = " + campaign)).isZero();
    }
  }

  @Test
  void agreesWithARepeatableCampaign() {
    try (var line = new TestLine(2)) {
      long campaign = line.campaign(60, true);
      for (int i = 0; i < 100; i++) {
        line.send(campaign, i % 2, "user-" + i % 5, i % 4 == 0 ? "key-" + i % 20 : null);
      }
      line.decide(9);
      line.decideSync(campaign, "user-0", "key-0");
      assertThat(line.replay(campaign).differences()).isEmpty();
      assertThat(
              TestLine.number(
                  "SELECT COUNT(*) FROM participation WHERE is_repeat AND campaign_id = "
                      + campaign))
          .isPositive();
    }
  }

  @Test
  void agreesWithEachCampaignOfALane() {
    try (var line = new TestLine(2, "lane")) {
      long one = line.campaign(5, false, 1);
      long other = line.campaign(3, true, 1);
      for (int i = 0; i < 30; i++) {
        line.send(i % 2 == 0 ? one : other, 1, "user-" + i % 20, null);
        line.send(line.topicId + 5_000_000L, 0, "user", null);
      }
      line.sendRaw(1, POISON);
      line.decide(4);
      assertThat(line.replay(one).differences()).isEmpty();
      var report = line.replay(other);
      assertThat(report.agree()).isTrue();
      assertThat(report.replayed()).isEqualTo(15);
    }
  }

  @Test
  void agreesWithACampaignThatNobodyHasAskedYet() {
    try (var line = new TestLine(3)) {
      long campaign = line.campaign(5, false);
      line.send(campaign, 0, "waits", null);
      assertThat(line.replay(campaign))
          .isEqualTo(
              new ReplayReport(
                  campaign, line.replay(campaign).campaignName(), 0, 0, true, 0, List.of()));
    }
  }

  @Test
  void agreesWhileTheCampaignIsRunning() {
    try (var line = new TestLine(2)) {
      long campaign = line.campaign(400, false);
      var stop = new AtomicBoolean();
      var running =
          CompletableFuture.runAsync(() -> {
            for (int i = 0; !stop.get(); i++) {
              line.send(campaign, i % 2, "user-" + i, null);
              line.decide(3);
            }
          });
      try {
        long seen = 0;
        for (int i = 0; i < 5 || seen < 20; i++) {
          var report = line.replay(campaign);
          assertThat(report.differences()).isEmpty();
          assertThat(report.replayed()).isGreaterThanOrEqualTo(seen);
          seen = report.replayed();
          assertThat(running).isNotDone();
        }
      } finally {
        stop.set(true);
        running.join();
      }
    }
  }

  @Test
  void takesFromTheTableWhatRetentionHasRemoved() {
    try (var line = new TestLine(2)) {
      long campaign = line.campaign(20, false);
      for (int i = 0; i < 60; i++) {
        line.send(campaign, i % 2, "user-" + i % 40, null);
      }
      line.decide(7);
      line.deleteRecordsBelow(0, 10);
      line.deleteRecordsBelow(1, 30);

      var report = line.replay(campaign);

      assertThat(report.differences()).isEmpty();
      assertThat(report.notInLog()).isEqualTo(40);
      assertThat(report.replayed()).isEqualTo(60);

      // What was decided is still decided again.
      TestLine.sql(
          "UPDATE participation SET success_rank = 99 WHERE part = 0 AND log_offset = 1"
              + " AND campaign_id = "
              + campaign);
      assertThat(line.replay(campaign).differences())
          .extracting(Difference::kind)
          .containsExactly(Difference.Kind.RANK);
    }
  }

  @Test
  void refusesATopicThatIsGoneOrWasMadeAgain() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign(20, false);
      line.deleteTopic();
      // The broker hears of it some moments after the controller.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertRefused(() -> line.replay(campaign), Reason.LOG_REPLACED, "is gone"));
      line.makeTopic();
      assertRefused(() -> line.replay(campaign), Reason.LOG_REPLACED, "made again");
    }
  }

  @Test
  void saysWhoDoesNotAnswer() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign(20, false);
      assertRefused(() -> line.replay(0), Reason.CAMPAIGN_UNKNOWN, "no campaign");
      Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
      assertRefused(
          () -> new CampaignReplay(TestLine.database(), nowhere).replay(campaign),
          Reason.LOG_UNAVAILABLE,
          "Kafka does not answer");
      var away = new MysqlDataSource();
      away.setURL("jdbc:mysql://127.0.0.1:1/none");
      assertRefused(
          () -> new CampaignReplay(away, TestLine.KAFKA).replay(campaign),
          Reason.DATABASE_UNAVAILABLE,
          "database does not answer");
    }
  }

  private static void assertRefused(Runnable replay, Reason reason, String sentence) {
    assertThatThrownBy(replay::run)
        .asInstanceOf(InstanceOfAssertFactories.type(ReplayException.class))
        .satisfies(e -> {
          assertThat(e.reason()).isEqualTo(reason);
          assertThat(e).hasMessageContaining(sentence);
        });
  }
}
