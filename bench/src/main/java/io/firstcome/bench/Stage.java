package io.firstcome.bench;

import io.firstcome.core.log.TopicName;
import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The servers that all variants of a run share, and the campaigns that are made on them. */
final class Stage implements AutoCloseable {
  // Of all stages of this process: they share a broker.
  private static final AtomicInteger CAMPAIGNS = new AtomicInteger();

  private static final Duration READER_MAX = Duration.ofSeconds(30);

  private final TestServers servers = TestServers.get();
  private final Database database = servers.newDatabaseWithTables();
  private final Admin admin =
      Admin.create(Map.of("bootstrap.servers", (Object) servers.bootstrapServers()));

  /** A campaign for one variant in one round: nobody else writes to it. */
  record Campaign(long id, String name, int topicId, String topic, int partitions, long stock) {}

  Stage() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      createBaselineTables(statement);
    }
  }

  // The usual two tables, with as few indexes as the job allows: fewer than ours.
  private static void createBaselineTables(Statement statement) throws SQLException {
    statement.execute(
        """
        CREATE TABLE baseline_stock (
          campaign_id BIGINT NOT NULL PRIMARY KEY,
          remaining   BIGINT NOT NULL
        ) ENGINE = InnoDB\
        """);
    statement.execute(
        """
        CREATE TABLE baseline_result (
          id          BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
          campaign_id BIGINT      NOT NULL,
          user_id     VARCHAR(64) CHARACTER SET utf8mb4 NOT NULL,
          outcome     VARCHAR(20) CHARACTER SET ascii NOT NULL,
          part        INT         NULL,
          log_offset  BIGINT      NULL,
          logged_at   DATETIME(6) NULL,
          decided_at  DATETIME(6) NOT NULL,
          UNIQUE KEY baseline_once (campaign_id, user_id)
        ) ENGINE = InnoDB\
        """);
  }

  TestServers servers() {
    return servers;
  }

  Database database() {
    return database;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /** What a process needs to know to use these servers, as environment variables. */
  Map<String, String> environment() {
    return Map.of(
        "SPRING_DATASOURCE_URL", database.jdbcUrl(),
        "SPRING_DATASOURCE_USERNAME", database.user(),
        "SPRING_DATASOURCE_PASSWORD", database.password(),
        "SPRING_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
  }

  /** An open campaign of ours, with a topic of its own. */
  Campaign campaign(int partitions, long stock)
      throws SQLException, ExecutionException, InterruptedException {
    var name = "bench-" + CAMPAIGNS.incrementAndGet();
    var topic = TopicName.ofCampaign(name);
    var uuid = createTopic(topic, partitions);
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO topic (name, uuid, partitions) VALUES ('%s', '%s', %d)"
              .formatted(topic, uuid, partitions));
      var topicId = number(statement, "SELECT LAST_INSERT_ID()");
      statement.execute(
          """
          INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,
            sold_out, mode, topic_id, created_at)
          VALUES ('%1$s', '%1$s', 'FIRST_COME', %2$d, %2$d, FALSE, 'RECORD', 'ACTIVE', %3$d,
            UTC_TIMESTAMP(6))\
          """
              .formatted(name, stock, topicId));
      var id = number(statement, "SELECT LAST_INSERT_ID()");
      return new Campaign(id, name, (int) topicId, topic, partitions, stock);
    }
  }

  /**
   * A campaign of a baseline.
   *
   * @param partitions of its topic, which our consumer does not look at; 0 for none
   */
  Campaign baselineCampaign(int partitions, long stock)
      throws SQLException, ExecutionException, InterruptedException {
    int id = CAMPAIGNS.incrementAndGet();
    var name = "bench-" + id;
    var topic = "baseline." + name;
    if (partitions > 0) {
      var _ = createTopic(topic, partitions);
    }
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO baseline_stock (campaign_id, remaining) VALUES (%d, %d)"
              .formatted(id, stock));
    }
    return new Campaign(id, name, 0, topic, partitions, stock);
  }

  private String createTopic(String topic, int partitions)
      throws ExecutionException, InterruptedException {
    var wanted =
        new NewTopic(topic, partitions, (short) 1)
            .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    admin.createTopics(List.of(wanted)).all().get();
    return Topics.await(admin, topic, partitions).topicId().toString();
  }

  /**
   * Returns when a consumer of the group reads the topic: a campaign is there long before it opens.
   */
  void awaitReader(String group, String topic) throws InterruptedException, ExecutionException {
    long giveUp = System.nanoTime() + READER_MAX.toNanos();
    while (System.nanoTime() < giveUp) {
      var members =
          Objects.requireNonNull(
                  admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
              .get()
              .members();
      if (members.stream()
          .flatMap(member -> member.assignment().topicPartitions().stream())
          .anyMatch(partition -> partition.topic().equals(topic))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("nobody of %s reads %s".formatted(group, topic));
  }

  static long number(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
