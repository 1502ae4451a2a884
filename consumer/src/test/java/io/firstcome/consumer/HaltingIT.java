package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.rule.Request;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

/** A partition whose stored offset does not fit its log stands still and says so. */
class HaltingIT {

  private static String haltReason(ApplicationContext consumer) {
    var health = consumer.getBean(LogReaders.class).health();
    return health.getStatus() + " " + health.getDetails().get("haltedPartitions");
  }

  private static void awaitHalt(ApplicationContext consumer, String reason) {
    await().atMost(TestLine.PATIENCE).until(() -> haltReason(consumer).contains(reason));
    assertThat(haltReason(consumer)).startsWith("DOWN");
  }

  private static void sendTen(TestLine line, long campaign, String prefix) {
    IntStream.range(0, 10).forEach(i -> line.send(campaign, prefix + i, null));
    line.flush();
  }

  @Test
  void haltsWhenRequestsHaveLeftTheLogUndecided() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 5, false);
      sendTen(line, campaign, "first-");
      var gone = Map.of(new TopicPartition(line.topic, 0), RecordsToDelete.beforeOffset(4));
      TestLine.join(line.admin.deleteRecords(gone).all());

      var consumer = line.startConsumer();
      awaitHalt(
          consumer, "nothing of the partition has been decided, but its log begins at offset 4");
      assertThat(line.count("participation")).isZero();

      // A person decides to go on without them.
      line.jdbc
          .sql(
              "INSERT INTO consumer_offset (topic_id, part, next_offset, owner_epoch, owner)"
                  + " VALUES (?, 0, 4, 1, 'a person')")
          .param(line.topicId)
          .update();
      line.awaitDecided();
      assertThat(line.count("participation")).isEqualTo(6);
      assertThat(consumer.getBean(LogReaders.class).health().getStatus()).isEqualTo(Status.UP);
    }
  }

  @Test
  void haltsWhenTheStoredOffsetLiesBeyondTheLog() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 5, false);
      sendTen(line, campaign, "first-");
      line.jdbc
          .sql(
              "INSERT INTO consumer_offset (topic_id, part, next_offset, owner_epoch, owner)"
                  + " VALUES (?, 0, 1000, 1, 'the log before it was restored')")
          .param(line.topicId)
          .update();
      awaitHalt(line.startConsumer(), "the next offset to decide is 1000, but the log has 0 to 10");
      assertThat(line.count("participation")).isZero();
    }
  }

  @Test
  void haltsWhenTheTopicWasMadeAgain() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 5, false);
      sendTen(line, campaign, "first-");
      var consumer = line.startConsumer();
      line.awaitDecided();
      consumer.close();
      TestLine.join(line.admin.deleteTopics(List.of(line.topic)).all());
      line.makeTopic(1);
      // More than before, so that the old offset lies inside the new log: only its id tells.
      sendTen(line, campaign, "second-");
      sendTen(line, campaign, "third-");
      awaitHalt(line.startConsumer(), "deleted and made again");
      assertThat(line.count("participation")).isEqualTo(10);
    }
  }

  @Test
  void readsNewPartitionsFromTheirFirstRecord() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 1_000, false);
      sendTen(line, campaign, "first-");
      line.startConsumer();
      line.awaitDecided();
      line.grow(4);
      // Straight into the new partitions, before any consumer can have noticed them.
      for (int i = 0; i < 300; i++) {
        line.sendRaw(
            1 + i % 3, "k", new RequestMessage(campaign, new Request("new-" + i, null)).encode());
      }
      line.awaitDecided();
      assertThat(line.count("participation")).isEqualTo(310);
      assertThat(line.count("participation WHERE part > 0 AND log_offset = 0")).isEqualTo(3);
    }
  }
}
