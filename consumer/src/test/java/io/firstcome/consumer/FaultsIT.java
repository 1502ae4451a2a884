package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.testing.FaultProxy;
import io.firstcome.testing.FaultProxy.CommitFault;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** What the consumer does when something breaks: nothing lost, nothing twice, nothing skipped. */
@ExtendWith(OutputCaptureExtension.class)
class FaultsIT {
  // Kafka takes the partitions of a consumer that has not polled for this long.
  private static final String SHORT_POLL_INTERVAL =
      "--spring.kafka.consumer.properties.max.poll.interval.ms=3000";
  private static final String SHORT_SESSION =
      "--spring.kafka.consumer.properties.session.timeout.ms=3000";
  private static final String SHORT_HEARTBEAT =
      "--spring.kafka.consumer.properties.heartbeat.interval.ms=500";

  private static double counted(ApplicationContext consumer, String name, String... tags) {
    var counter = consumer.getBean(MeterRegistry.class).find(name).tags(tags).counter();
    return counter == null ? 0 : counter.count();
  }

  private static void sendHundred(TestLine line, long campaign, String prefix) {
    IntStream.range(0, 100).forEach(i -> line.send(campaign, prefix + i, null));
    line.flush();
  }

  private static void assertExact(TestLine line, int requests, int stock) {
    assertThat(line.count("participation")).isEqualTo(requests);
    assertThat(line.count("participation WHERE outcome = 'SUCCESS'")).isEqualTo(stock);
    assertThat(line.count("participation WHERE outcome = 'SUCCESS' AND log_offset < " + stock))
        .isEqualTo(stock);
    assertThat(line.jdbc.sql("SELECT remaining FROM campaign").query(Long.class).single()).isZero();
  }

  @Test
  void fencesAConsumerThatWasHeldUpUntilAnotherTookOver(CapturedOutput output) throws Exception {
    try (var line = new TestLine(1);
        var proxy = new FaultProxy(line.database)) {
      long campaign = line.campaign("sale", 150, false);
      var slow =
          line.startConsumerOn(
              proxy.jdbcUrl(), SHORT_POLL_INTERVAL, SHORT_SESSION, SHORT_HEARTBEAT);
      sendHundred(line, campaign, "first-");
      line.awaitDecided();

      // Its next batch is read from the log, and stops before its first statement arrives.
      proxy.hold();
      sendHundred(line, campaign, "second-");
      assertThat(proxy.awaitHeld(10)).isTrue();
      line.startConsumer(SHORT_SESSION, SHORT_HEARTBEAT);
      line.awaitDecided();
      assertExact(line, 200, 150);

      proxy.release();
      await().atMost(TestLine.PATIENCE).until(() -> counted(slow, "firstcome.fenced") >= 1);
      assertThat(output).contains("Fenced: partition 0 of topic");
      assertExact(line, 200, 150);
      sendHundred(line, campaign, "third-");
      line.awaitDecided();
      assertExact(line, 300, 150);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitFault.class,
      names = {"ANSWER_LOST", "LOST_BEFORE_THE_SERVER"})
  void findsOutWhetherACommitWithoutAnAnswerWasMade(CommitFault fault) throws Exception {
    try (var line = new TestLine(1);
        var proxy = new FaultProxy(line.database)) {
      long campaign = line.campaign("sale", 150, false);
      var consumer = line.startConsumerOn(proxy.jdbcUrl());
      sendHundred(line, campaign, "first-");
      line.awaitDecided();
      proxy.failNextCommit(fault);
      sendHundred(line, campaign, "second-");
      line.awaitDecided();
      var made = String.valueOf(fault == CommitFault.ANSWER_LOST);
      await()
          .atMost(TestLine.PATIENCE)
          .until(() -> counted(consumer, "firstcome.commit.unknown", "made", made) == 1);
      assertThat(proxy.commitHasFailed()).isTrue();
      assertExact(line, 200, 150);
    }
  }

  @Test
  void keepsItsPartitionWhileTheDatabaseIsAway(CapturedOutput output) throws Exception {
    try (var line = new TestLine(1);
        var proxy = new FaultProxy(line.database)) {
      long campaign = line.campaign("sale", 150, false);
      var consumer =
          line.startConsumerOn(
              proxy.jdbcUrl(),
              SHORT_POLL_INTERVAL,
              "--spring.datasource.hikari.connection-timeout=500");
      sendHundred(line, campaign, "first-");
      line.awaitDecided();
      proxy.goDown();
      sendHundred(line, campaign, "second-");
      // Twice the poll interval: a consumer that only waited would have lost the partition.
      await()
          .atMost(TestLine.PATIENCE)
          .until(() -> counted(consumer, "firstcome.batch.retries") >= 5);
      proxy.comeBack();
      line.awaitDecided();
      assertExact(line, 200, 150);
      assertThat(output).doesNotContain("poll timeout has expired");
      assertThat(consumer.getBean(LogReaders.class).health().getStatus()).isEqualTo(Status.UP);
    }
  }

  @Test
  void startsBeforeItsTablesExist() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 150, false);
      line.jdbc.sql("RENAME TABLE topic TO topic_away").update();
      var consumer = line.startConsumer();
      sendHundred(line, campaign, "first-");
      await()
          .atMost(TestLine.PATIENCE)
          .until(() -> counted(consumer, "firstcome.batch.retries") >= 2);
      line.jdbc.sql("RENAME TABLE topic_away TO topic").update();
      line.awaitDecided();
      assertThat(line.count("participation")).isEqualTo(100);
    }
  }

  @Test
  void goesOnWhereItWasAfterARestart() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 150, false);
      sendHundred(line, campaign, "first-");
      var consumer = line.startConsumer();
      line.awaitDecided();
      consumer.close();
      sendHundred(line, campaign, "second-");
      // What Kafka thinks of the group's progress does not matter.
      TestLine.join(line.admin.deleteConsumerGroups(List.of(line.topic)).all());
      line.startConsumer();
      line.awaitDecided();
      assertExact(line, 200, 150);
    }
  }
}
