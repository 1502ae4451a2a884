package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.log.TopicName;
import io.firstcome.core.rule.Request;
import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A topic with campaigns on it, on real servers, as the api would have made them. */
final class TestLine implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Database database = TestServers.get().newDatabaseWithTables();
  final JdbcClient jdbc;
  final Admin admin;
  final String topic;
  final int topicId;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final List<ConfigurableApplicationContext> consumers = new ArrayList<>();

  TestLine(int partitions) {
    var dataSource =
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    jdbc = JdbcClient.create(dataSource);
    Map<String, Object> kafka = Map.of("bootstrap.servers", TestServers.get().bootstrapServers());
    admin = Admin.create(kafka);
    // As the api does it, for the reason of ADR 0005: these topics are as young as a topic can be.
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                TestServers.get().bootstrapServers(),
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    topic = TopicName.ofCampaign(UUID.randomUUID().toString());
    makeTopic(partitions);
    jdbc.sql("INSERT INTO topic (name, uuid, partitions) VALUES (?, ?, ?)")
        .params(topic, uuid(), partitions)
        .update();
    topicId = jdbc.sql("SELECT id FROM topic").query(Integer.class).single();
  }

  void makeTopic(int partitions) {
    var wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    join(admin.createTopics(List.of(wanted)).all());
    Topics.await(admin, topic, partitions);
  }

  void grow(int partitions) {
    join(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
    Topics.await(admin, topic, partitions);
  }

  private TopicDescription describe() {
    return join(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
  }

  String uuid() {
    return describe().topicId().toString();
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

  long campaign(String name, long stock, boolean repeatable) {
    jdbc.sql(
            "INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,"
                + " sold_out, mode, topic_id, created_at)"
                + " VALUES (?, ?, 'FIRST_COME', ?, ?, ?, 'Record', 'ACTIVE', ?, UTC_TIMESTAMP(6))")
        .params(name, name, stock, stock, repeatable, topicId)
        .update();
    return jdbc.sql("SELECT id FROM campaign WHERE name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  void send(long campaign, String user, @Nullable String idempotencyKey) {
    var value = new RequestMessage(campaign, new Request(user, idempotencyKey)).encode();
    sent.add(producer.send(new ProducerRecord<>(topic, bytes(user), value)));
  }

  void sendRaw(@Nullable Integer partition, String key, byte @Nullable [] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, bytes(key), value)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Waits until Kafka has acknowledged all of it. */
  void flush() {
    sent.forEach(TestLine::join);
    sent.clear();
  }

  /** Starts the consumer application for this topic. */
  ConfigurableApplicationContext startConsumer(String... settings) {
    return startConsumerOn(database.jdbcUrl(), settings);
  }

  ConfigurableApplicationContext startConsumerOn(String jdbcUrl, String... settings) {
    var all = new ArrayList<>(consumerSettings(jdbcUrl));
    all.addAll(List.of(settings));
    var context =
        ConsumerApplication.builder().web(WebApplicationType.NONE).run(all.toArray(String[]::new));
    consumers.add(context);
    return context;
  }

  List<String> consumerSettings(String jdbcUrl) {
    return List.of(
        "--spring.datasource.url=" + jdbcUrl,
        "--spring.datasource.username=" + database.user(),
        "--spring.datasource.password=" + database.password(),
        "--spring.kafka.bootstrap-servers=" + TestServers.get().bootstrapServers(),
        "--firstcome.consumer.topic=" + topic,
        "--spring.jmx.enabled=false");
  }

  /** Waits until all that was sent so far has been decided. */
  void awaitDecided() {
    flush();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(lag()).isZero());
  }

  long lag() {
    long lag = 0;
    for (var info : describe().partitions()) {
      lag += end(info.partition()) - nextOffset(info.partition());
    }
    return lag;
  }

  long end(int partition) {
    var key = new TopicPartition(topic, partition);
    var latest = OffsetSpec.latest();
    return join(admin.listOffsets(Map.of(key, latest)).all()).get(key).offset();
  }

  long nextOffset(int partition) {
    return jdbc.sql("SELECT next_offset FROM consumer_offset WHERE topic_id = ? AND part = ?")
        .params(topicId, partition)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  long count(String sql) {
    return jdbc.sql("SELECT COUNT(*) FROM " + sql).query(Long.class).single();
  }

  @Override
  public void close() {
    consumers.forEach(ConfigurableApplicationContext::close);
    producer.close();
    admin.deleteTopics(List.of(topic));
    admin.close();
  }
}
