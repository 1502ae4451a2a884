package io.firstcome.bench.baseline;

import io.firstcome.consumer.ConsumerApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Drains topics that are full already, one after the other, in one process that stays: so both
 * variants run in code that is compiled and warm.
 *
 * <pre>
 * start firstcome TOPIC PARTITIONS   our consumer; answers: started
 * start record TOPIC PARTITIONS      B1; answers: started
 * wait COUNT                         answers when B1 has decided so many: BEGIN END in nanoseconds
 * stop                               answers: stopped
 * </pre>
 */
final class Drainer {
  private AutoCloseable running = () -> {};

  void run(BufferedReader commands) throws Exception {
    System.out.println("ready 0");
    for (var line = commands.readLine(); line != null; line = commands.readLine()) {
      var words = line.split(" ", -1);
      switch (words[0]) {
        case "start" -> {
          running = start(words[1], words[2], Integer.parseInt(words[3]));
          System.out.println("started");
        }
        case "wait" -> await(Long.parseLong(words[1]));
        case "stop" -> {
          running.close();
          running = () -> {};
          System.out.println("stopped");
        }
        default -> throw new IOException("unknown command: " + line);
      }
    }
    running.close();
  }

  private static AutoCloseable start(String variant, String topic, int partitions) {
    return variant.equals("firstcome")
        ? ConsumerApplication.builder()
            .registerShutdownHook(false)
            .run(
                "--spring.main.web-application-type=none",
                "--spring.main.log-startup-info=false",
                "--firstcome.consumer.topic=" + topic,
                "--firstcome.consumer.threads=" + partitions)
        : startRecordListener(topic, partitions);
  }

  private static RecordListener startRecordListener(String topic, int partitions) {
    Map<String, Object> kafka = new HashMap<>();
    kafka.put(
        "bootstrap.servers",
        Objects.requireNonNull(System.getenv("SPRING_KAFKA_BOOTSTRAP_SERVERS")));
    kafka.put("auto.offset.reset", "earliest");
    kafka.put("max.poll.records", 500);
    var consumers =
        new DefaultKafkaConsumerFactory<>(
            kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return new RecordListener(consumers, Pattern.compile(Pattern.quote(topic)), topic, partitions);
  }

  private void await(long count) throws InterruptedException, IOException {
    if (!(running instanceof RecordListener listener)) {
      throw new IOException("only the baseline is waited for here");
    }
    while (listener.decided() < count) {
      Thread.sleep(2);
    }
    System.out.println(listener.assignedAt() + " " + listener.lastCommitAt());
  }
}
