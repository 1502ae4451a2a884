package io.firstcome.bench.baseline;

import io.firstcome.bench.baseline.Answers.Asked;
import io.firstcome.bench.baseline.Answers.Taken;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.rule.Request;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * B1: appends the request, has it decided record by record, and lets the participant ask again and
 * again.
 */
@RestController
class RecordDoor implements DisposableBean {
  private static final Pattern TOPICS = Pattern.compile("baseline\\..*");

  private final DataSource dataSource;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordListener listener;

  RecordDoor(
      DataSource dataSource, ProducerFactory<?, ?> producers, ConsumerFactory<?, ?> consumers) {
    this.dataSource = dataSource;
    var sending = new HashMap<>(producers.getConfigurationProperties());
    sending.put("acks", "all");
    sending.put("linger.ms", 0);
    producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
    var reading = new HashMap<>(consumers.getConfigurationProperties());
    reading.put("auto.offset.reset", "earliest");
    reading.put("metadata.max.age.ms", 500);
    var factory =
        new DefaultKafkaConsumerFactory<>(
            reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    listener = new RecordListener(factory, TOPICS, "baseline", 1);
  }

  @PostMapping("/api/campaigns/{campaign}/participation")
  ResponseEntity<Taken> participate(
      @PathVariable long campaign, @RequestHeader("X-Topic") String topic, @RequestBody Asked asked)
      throws ExecutionException, InterruptedException, TimeoutException {
    var value = new RequestMessage(campaign, new Request(asked.userId(), null)).encode();
    var key = asked.userId().getBytes(StandardCharsets.UTF_8);
    var _ = producer.send(new ProducerRecord<>(topic, key, value)).get(15, TimeUnit.SECONDS);
    return ResponseEntity.accepted().body(Taken.processing(asked.userId()));
  }

  @GetMapping("/api/results/{campaign}/{user}")
  Taken result(@PathVariable long campaign, @PathVariable String user) throws SQLException {
    var sql = "SELECT outcome FROM baseline_result WHERE campaign_id = ? AND user_id = ?";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, campaign);
      statement.setString(2, user);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? new Taken(user, rows.getString(1)) : Taken.processing(user);
      } finally {
        connection.rollback();
      }
    }
  }

  @Override
  public void destroy() {
    listener.close();
    producer.close();
  }
}
