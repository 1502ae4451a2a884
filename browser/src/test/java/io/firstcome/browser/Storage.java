package io.firstcome.browser;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The log and the database of the product, for faults that nobody can bring about by its pages. */
final class Storage {
  private static final int SECONDS_MAX = 30;

  private Storage() {}

  static JdbcClient jdbc() {
    return JdbcClient.create(dataSource());
  }

  static DataSource dataSource() {
    var connection = Product.get().connection();
    return new DriverManagerDataSource(
        connection.getProperty("spring.datasource.url"),
        connection.getProperty("spring.datasource.username"),
        connection.getProperty("spring.datasource.password"));
  }

  /** Appends a record to partition 0, and waits until the log has it. */
  static void append(String topic, String value) {
    var settings =
        Map.<String, Object>of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            Product.get().connection().getProperty("spring.kafka.bootstrap-servers"));
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(topic, 0, "key", value))
          .get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
