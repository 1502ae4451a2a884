package io.firstcome.bench.baseline;

import com.zaxxer.hikari.HikariDataSource;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.log.UnreadableMessageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/**
 * B1: a listener that is called once a record and decides it in a transaction of its own. Plain
 * JDBC with statements that the driver keeps prepared, offsets committed once a poll, nothing
 * logged.
 */
final class RecordListener implements MessageListener<byte[], byte[]>, AutoCloseable {
  private static final String TAKE =
      "UPDATE baseline_stock SET remaining = remaining - 1 WHERE campaign_id = ? AND remaining > 0";
  private static final String KEEP =
      "INSERT INTO baseline_result (campaign_id, user_id, outcome, part, log_offset, logged_at,"
          + " decided_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))";

  // For nothing else: who asks for results must not keep them from whoever makes them.
  private final HikariDataSource connections;
  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
  private final AtomicLong decided = new AtomicLong();
  private volatile long assignedAt;
  private volatile long lastCommitAt;

  RecordListener(
      ConsumerFactory<byte[], byte[]> consumers, Pattern topics, String group, int partitions) {
    connections = Pool.open(partitions);
    var properties = new ContainerProperties(topics);
    properties.setGroupId(group);
    properties.setMessageListener(this);
    properties.setConsumerRebalanceListener(
        new ConsumerAwareRebalanceListener() {
          @Override
          public void onPartitionsAssigned(
              Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
            if (!assigned.isEmpty() && assignedAt == 0) {
              assignedAt = System.nanoTime();
            }
          }
        });
    container = new ConcurrentMessageListenerContainer<>(consumers, properties);
    container.setConcurrency(partitions);
    container.start();
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> record) {
    try (var tx = connections.getConnection()) {
      decide(tx, record);
      tx.commit();
    } catch (SQLException | UnreadableMessageException e) {
      // The container seeks back to the record and comes again.
      throw new IllegalStateException(e);
    }
    lastCommitAt = System.nanoTime();
    decided.incrementAndGet();
  }

  private static void decide(Connection tx, ConsumerRecord<byte[], byte[]> record)
      throws SQLException, UnreadableMessageException {
    var message = RequestMessage.decode(record.value());
    boolean won;
    try (var take = tx.prepareStatement(TAKE)) {
      take.setLong(1, message.campaignId());
      won = take.executeUpdate() == 1;
    }
    try (var keep = tx.prepareStatement(KEEP)) {
      keep.setLong(1, message.campaignId());
      keep.setString(2, message.request().userId());
      keep.setString(3, won ? "SUCCESS" : "OUT_OF_STOCK");
      keep.setInt(4, record.partition());
      keep.setLong(5, record.offset());
      keep.setTimestamp(6, new Timestamp(record.timestamp()));
      keep.executeUpdate();
    }
  }

  long decided() {
    return decided.get();
  }

  /** When the first partition was assigned, on the clock of {@link System#nanoTime}; 0 before. */
  long assignedAt() {
    return assignedAt;
  }

  long lastCommitAt() {
    return lastCommitAt;
  }

  @Override
  public void close() {
    container.stop();
    connections.close();
  }
}
