package io.firstcome.testing;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;

/** What production runs, in containers. */
final class ContainerServers implements Servers {
  static final String MYSQL_IMAGE = "mysql:9.7";
  static final String KAFKA_VERSION = "4.3.1";
  static final String KAFKA_IMAGE = "apache/kafka:" + KAFKA_VERSION;

  private final MySQLContainer mysql;
  private final KafkaContainer kafka;

  private ContainerServers(MySQLContainer mysql, KafkaContainer kafka) {
    this.mysql = mysql;
    this.kafka = kafka;
  }

  static ContainerServers start() {
    // root, because each test class creates a database of its own.
    var mysql = new MySQLContainer(MYSQL_IMAGE).withUsername("root").withPassword("only-for-tests");
    var kafka =
        new KafkaContainer(KAFKA_IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
            .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "1000")
            .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "200");
    Startables.deepStart(mysql, kafka).join();
    return new ContainerServers(mysql, kafka);
  }

  @Override
  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public String jdbcUrl(String database) {
    // Without encryption, which a proxy that breaks connections at COMMIT could not read.
    return "jdbc:mysql://%s:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
        .formatted(mysql.getHost(), mysql.getMappedPort(MySQLContainer.MYSQL_PORT), database);
  }

  @Override
  public String user() {
    return mysql.getUsername();
  }

  @Override
  public String password() {
    return mysql.getPassword();
  }

  @Override
  public boolean isMySql() {
    return true;
  }

  @Override
  public String kafkaAndPlace() {
    return "Kafka " + KAFKA_VERSION + " in containers";
  }

  @Override
  public void close() {
    kafka.stop();
    mysql.stop();
  }
}
