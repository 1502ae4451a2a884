package io.firstcome.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class ServersIT {
  private final TestServers servers = TestServers.get();

  @Test
  void describesWhatItRunsOn() {
    var place = servers.isMySql() ? "MySQL .* and Kafka .* in containers" : "MariaDB .* embedded";
    assertThat(servers.describe()).matches(place);
  }

  @Test
  void eachDatabaseIsEmptyAndItsOwn() throws Exception {
    var first = servers.newDatabase();
    var second = servers.newDatabase();
    assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
    for (var database : List.of(first, second)) {
      try (var connection =
              DriverManager.getConnection(
                  database.jdbcUrl(), database.user(), database.password());
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t (id INT PRIMARY KEY)");
        assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
      }
    }
  }

  @Test
  void aGroupMayLoseItsMembersAfterASecond() throws Exception {
    var bootstrap = Map.<String, Object>of("bootstrap.servers", servers.bootstrapServers());
    try (var admin = Admin.create(bootstrap)) {
      admin
          .createTopics(List.of(new NewTopic("members", 1, (short) 1)))
          .all()
          .get(10, TimeUnit.SECONDS);
    }
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            servers.bootstrapServers(),
            "group.id",
            "members",
            "session.timeout.ms",
            1000,
            "heartbeat.interval.ms",
            300);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("members"));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (consumer.assignment().isEmpty() && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100));
      }
      assertThat(consumer.assignment()).hasSize(1);
    }
  }
}
