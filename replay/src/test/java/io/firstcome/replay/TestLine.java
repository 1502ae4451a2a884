package io.firstcome.replay;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.ledger.Source;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.log.TopicName;
import io.firstcome.core.log.UnreadableMessageException;
import io.firstcome.core.rule.Request;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic with campaigns on it, and what decides its records as the consumer does. */
final class TestLine implements AutoCloseable {
  static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", TestServers.get().bootstrapServers());
  private static final DataSource DATABASE = migrated();

  final String topic;
  final int topicId;
  private final int partitions;
  private final Admin admin = Admin.create(KAFKA);
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Map<Integer, Long> next = new HashMap<>();

  /**
   * @param lane null for a topic that is one campaign's own
   */
  TestLine(int partitions, @Nullable String lane) {
    var name = UUID.randomUUID().toString();
    this.topic = lane == null ? TopicName.ofCampaign(name) : TopicName.ofLane(name);
    this.partitions = partitions;
    var settings = new HashMap<>(KAFKA);
    settings.put("max.in.flight.requests.per.connection", 1);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    makeTopic();
    var uuid = Topics.await(admin, topic, partitions).topicId();
    sql(
        "INSERT INTO topic (name, uuid, lane, partitions) VALUES ('%s', '%s', %s, %d)"
            .formatted(topic, uuid, lane == null ? "NULL" : "'" + name + "'", partitions));
    topicId = (int) number("SELECT id FROM topic WHERE name = '" + topic + "'");
  }

  TestLine(int partitions) {
    this(partitions, null);
  }

  static DataSource database() {
    return DATABASE;
  }

  private static DataSource migrated() {
    var made = TestServers.get().newDatabaseWithTables();
    var database = new MysqlDataSource();
    database.setURL(
        made.jdbcUrl() + (made.jdbcUrl().contains("?") ? "&" : "?") + "connectionTimeZone=UTC");
    database.setUser(made.user());
    database.setPassword(made.password());
    return database;
  }

  void makeTopic() {
    var wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    join(admin.createTopics(List.of(wanted)).all());
    Topics.await(admin, topic, partitions);
  }

  void deleteTopic() {
    join(admin.deleteTopics(List.of(topic)).all());
  }

  /** As retention does. */
  void deleteRecordsBelow(int partition, long offset) {
    var before = RecordsToDelete.beforeOffset(offset);
    join(admin.deleteRecords(Map.of(new TopicPartition(topic, partition), before)).all());
  }

  long campaign(long stock, boolean repeatable) {
    return campaign(stock, repeatable, null);
  }

  long campaign(long stock, boolean repeatable, @Nullable Integer lanePart) {
    var name = "c" + UUID.randomUUID().toString().substring(0, 8);
    sql(
        "INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,"
            + " sold_out, mode, topic_id, lane_part, created_at) VALUES ('%s', '%s', 'FIRST_COME',"
                .formatted(name, name)
            + " %d, %d, %b, 'Record', 'ACTIVE', %d, %s, UTC_TIMESTAMP(6))"
                .formatted(stock, stock, repeatable, topicId, lanePart));
    return number("SELECT id FROM campaign WHERE name = '" + name + "'");
  }

  void send(long campaign, int partition, String user, @Nullable String key) {
    sendRaw(partition, new RequestMessage(campaign, new Request(user, key)).encode());
  }

  void sendRaw(int partition, byte @Nullable [] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
  }

  private record Content(List<LoggedRequest> requests, Map<Long, String> unreadable) {}

  /** Decides all that was sent and not decided, the partitions in turn, in batches. */
  void decide(int batchSize) {
    sent.forEach(TestLine::join);
    sent.clear();
    var records = read();
    boolean more = true;
    while (more) {
      more = false;
      for (int part = 0; part < partitions; part++) {
        var waiting = records.computeIfAbsent(part, _ -> new ArrayList<>());
        var batch = List.copyOf(waiting.subList(0, Math.min(batchSize, waiting.size())));
        waiting.subList(0, batch.size()).clear();
        if (!batch.isEmpty()) {
          write(part, batch);
          more = true;
        }
      }
    }
  }

  private Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read() {
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
    var parts = IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    try (var consumer =
        new KafkaConsumer<>(KAFKA, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(parts);
      parts.forEach(part -> consumer.seek(part, next.getOrDefault(part.partition(), 0L)));
      var ends = consumer.endOffsets(parts);
      while (parts.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          read.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(record);
        }
      }
    }
    return read;
  }

  private void write(int part, List<ConsumerRecord<byte[], byte[]>> batch) {
    long end = batch.getLast().offset() + 1;
    next.put(part, end);
    transaction(tx -> {
      execute(
          tx,
          "INSERT INTO consumer_offset (topic_id, part, next_offset, owner_epoch, owner)"
              + " VALUES (%d, %d, %d, 1, 'test') ON DUPLICATE KEY UPDATE next_offset ="
                  .formatted(topicId, part, end)
              + " VALUES(next_offset)");
      var content = content(batch);
      var result = Ledger.decide(tx, new Source(topicId, part), content.requests());
      for (var one : result.undecidable()) {
        content.unreadable().put(one.request().offset(), one.reason());
      }
      for (var letter : content.unreadable().entrySet()) {
        execute(tx, deadLetter(part, letter.getKey()));
      }
    });
  }

  private static Content content(List<ConsumerRecord<byte[], byte[]>> batch) {
    var content = new Content(new ArrayList<>(), new HashMap<>());
    for (var record : batch) {
      try {
        var message = RequestMessage.decode(record.value());
        content.requests.add(
            new LoggedRequest(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                message.campaignId(),
                message.request()));
      } catch (UnreadableMessageException e) {
        content.unreadable.put(record.offset(), e.getMessage());
      }
    }
    return content;
  }

  String deadLetter(int part, long offset) {
    return ("INSERT INTO dead_letter (topic_id, part, log_offset, reason, logged_at, found_at)"
            + " VALUES (%d, %d, %d, 'test', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
        .formatted(topicId, part, offset);
  }

  /** As the api decides without the log. */
  void decideSync(long campaign, String user, @Nullable String key) {
    transaction(tx -> {
      var request = new LoggedRequest(0, Instant.now(), campaign, new Request(user, key));
      var _ = Ledger.decide(tx, null, List.of(request));
    });
  }

  /** As the api grows it. */
  void grow(long campaign, long stock) {
    transaction(tx -> {
      execute(
          tx,
          "INSERT INTO stock_change (campaign_id, after_id, stock_before, stock_after, changed_at)"
              + " SELECT id, (SELECT COALESCE(MAX(p.id), 0) FROM participation p), total_stock, "
              + stock
              + ", UTC_TIMESTAMP(6) FROM campaign WHERE id = "
              + campaign);
      execute(
          tx,
          "UPDATE campaign SET remaining = remaining + (%d - total_stock), total_stock = %d"
              .concat(" WHERE id = %d")
              .formatted(stock, stock, campaign));
    });
  }

  ReplayReport replay(long campaign) {
    return new CampaignReplay(DATABASE, KAFKA).replay(campaign);
  }

  interface Work {
    void with(Connection tx) throws SQLException;
  }

  static void transaction(Work work) {
    try (var tx = DATABASE.getConnection()) {
      tx.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      tx.setAutoCommit(false);
      work.with(tx);
      tx.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection tx, String sql) throws SQLException {
    try (var statement = tx.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs a statement and returns how many rows it has changed. */
  static int sql(String sql) {
    try (var connection = DATABASE.getConnection();
        var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static long number(String sql) {
    try (var connection = DATABASE.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T join(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    // Some tests have moved rows to ids that the rows of other tests would get into the midst of.
    sql("DELETE FROM participation WHERE topic_id = " + topicId);
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }
}
