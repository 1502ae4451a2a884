package io.firstcome.bench;

import io.firstcome.bench.Stage.Campaign;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.rule.Request;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics that are full, and how long a variant takes to decide what is in them. */
final class Drain {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Stage stage;
  private final Subject drainer;

  Drain(Stage stage, Subject drainer) {
    this.stage = stage;
    this.drainer = drainer;
  }

  /**
   * One drain.
   *
   * @param seconds from the assignment of the first partition, of ours from its claim right after,
   *     to the last commit
   * @param cpuMicros of the process that decides, a record
   */
  record Drained(double seconds, double cpuMicros) {}

  /** Appends requests of as many users; returns how long that took in seconds. */
  double fill(Campaign campaign, int count) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", stage.servers().bootstrapServers());
    settings.put("acks", "all");
    settings.put("batch.size", 65536);
    settings.put("linger.ms", 5);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(campaign.topic());
      long started = System.nanoTime();
      for (int i = 0; i < count; i++) {
        var user = "user-" + i;
        var value = new RequestMessage(campaign.id(), new Request(user, null)).encode();
        var _ =
            producer.send(
                new ProducerRecord<>(
                    campaign.topic(), user.getBytes(StandardCharsets.UTF_8), value));
      }
      producer.flush();
      return seconds(started, System.nanoTime());
    }
  }

  /** Reads everything and does nothing with it; returns how long that took in seconds. */
  double read(Campaign campaign, int count) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", stage.servers().bootstrapServers());
    settings.put("max.poll.records", 2000);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(campaign.topic()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long started = System.nanoTime();
      for (int seen = 0; seen < count; ) {
        seen += consumer.poll(Duration.ofMillis(100)).count();
      }
      return seconds(started, System.nanoTime());
    }
  }

  Drained firstcome(Campaign campaign, int count) throws SQLException, InterruptedException {
    try (var connection = stage.connect()) {
      var _ = drainer.call(start("firstcome", campaign));
      long begin = await(connection, campaign, 0);
      var before = drainer.cpu();
      long end = await(connection, campaign, count);
      var spent = drainer.cpu().minus(before);
      var _ = drainer.call("stop");
      return new Drained(seconds(begin, end), micros(spent, count));
    }
  }

  Drained recordByRecord(Campaign campaign, int count) {
    var _ = drainer.call(start("record", campaign));
    var before = drainer.cpu();
    var times = drainer.call("wait " + count).split(" ", 2);
    var spent = drainer.cpu().minus(before);
    var _ = drainer.call("stop");
    return new Drained(
        seconds(Long.parseLong(times[0]), Long.parseLong(times[1])), micros(spent, count));
  }

  private static String start(String variant, Campaign campaign) {
    return "start %s %s %d".formatted(variant, campaign.topic(), campaign.partitions());
  }

  /** Waits until a partition is claimed (count 0), or so many records are decided. */
  private static long await(Connection connection, Campaign campaign, long count)
      throws SQLException, InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    var sql = "SELECT COALESCE(SUM(next_offset), -1) FROM consumer_offset WHERE topic_id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, campaign.topicId());
      while (System.nanoTime() < giveUp) {
        try (var rows = statement.executeQuery()) {
          rows.next();
          if (rows.getLong(1) >= count) {
            return System.nanoTime();
          }
        }
        // Often enough to be exact to a few milliseconds, seldom enough not to disturb.
        Thread.sleep(3);
      }
    }
    throw new InvalidRunException("not decided within " + PATIENCE);
  }

  private static double seconds(long begin, long end) {
    return (end - begin) / 1e9;
  }

  private static double micros(Duration spent, int count) {
    return spent.toNanos() / 1e3 / count;
  }
}
