package io.firstcome.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final String TOPIC = "line";

  @TempDir Path data;

  @Test
  void stoppedToStartedOnAnotherPortKeepsTheLog() throws Exception {
    try (var kafka = EmbeddedKafka.start(data, 0)) {
      createTopic(kafka);
      append(kafka, "first");
    }
    try (var kafka = EmbeddedKafka.start(data, 0)) {
      append(kafka, "second");
      assertThat(log(kafka, 2)).containsExactly("0 first", "1 second");
    }
  }

  private static void createTopic(EmbeddedKafka kafka)
      throws InterruptedException, ExecutionException {
    try (var admin = Admin.create(clientSettings(kafka))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void append(EmbeddedKafka kafka, String value)
      throws InterruptedException, ExecutionException {
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(clientSettings(kafka), text, text)) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static List<String> log(EmbeddedKafka kafka, int count) {
    var records = new ArrayList<String>();
    var text = new StringDeserializer();
    try (var consumer = new KafkaConsumer<>(clientSettings(kafka), text, text)) {
      var partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> records.add(record.offset() + " " + record.value()));
      }
    }
    return records;
  }

  private static Map<String, Object> clientSettings(EmbeddedKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }
}
