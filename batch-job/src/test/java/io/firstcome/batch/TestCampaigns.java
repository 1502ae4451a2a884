package io.firstcome.batch;

import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.rule.Request;
import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database with campaigns whose requests are decided as the product decides them. */
public final class TestCampaigns {
  public final Database database = TestServers.get().newDatabaseWithTables();
  public final DriverManagerDataSource dataSource;
  public final JdbcClient jdbc;

  public TestCampaigns() {
    dataSource =
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    jdbc = JdbcClient.create(dataSource);
    jdbc.sql("INSERT INTO topic (name, uuid, partitions) VALUES ('line', 'line', 1)").update();
  }

  public long campaign(String name, long stock, String timeZone) {
    jdbc.sql(
            "INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,"
                + " sold_out, mode, topic_id, created_at, time_zone)"
                + " SELECT ?, ?, 'FIRST_COME', ?, ?, FALSE, 'Record', 'ACTIVE', id,"
                + " UTC_TIMESTAMP(6), ? FROM topic")
        .params(name, name, stock, stock, timeZone)
        .update();
    return jdbc.sql("SELECT id FROM campaign WHERE name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  /** Decides one request of each of these users, all logged at this moment. */
  public void decide(long campaign, String at, String... users) {
    try (var connection = dataSource.getConnection()) {
      begin(connection);
      decide(connection, campaign, at, null, users);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A transaction as decisions have it. */
  public static void begin(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
  }

  public static void decide(
      Connection tx, long campaign, String at, String idempotencyKey, String... users)
      throws SQLException {
    var requests = new ArrayList<LoggedRequest>();
    for (var user : users) {
      requests.add(
          new LoggedRequest(0, Instant.parse(at), campaign, new Request(user, idempotencyKey)));
    }
    Ledger.decide(tx, null, requests);
  }

  public ConfigurableApplicationContext start(String... settings) {
    var all = new ArrayList<>(settings());
    all.addAll(List.of(settings));
    return BatchApplication.builder().run(all.toArray(String[]::new));
  }

  public List<String> settings() {
    return settings(database.jdbcUrl());
  }

  public List<String> settings(String jdbcUrl) {
    return List.of(
        "--spring.datasource.url=" + jdbcUrl,
        "--spring.datasource.username=" + database.user(),
        "--spring.datasource.password=" + database.password());
  }

  /** All figures, as "2025-12-28 1 success 2 issued 0 out 0". */
  public List<String> statistics() {
    return jdbc.sql("SELECT * FROM campaign_stats ORDER BY stat_date, campaign_id")
        .query((row, _) ->
            "%s %d success %d issued %d out %d"
                .formatted(
                    row.getString("stat_date"),
                    row.getLong("campaign_id"),
                    row.getLong("success_count"),
                    row.getLong("already_issued_count"),
                    row.getLong("out_of_stock_count")))
        .list();
  }

  /** Days that are out of date, as "2025-12-28 1". */
  public List<String> pending() {
    return jdbc.sql("SELECT stat_date, campaign_id FROM stats_pending ORDER BY 1, 2")
        .query((row, _) -> row.getString(1) + " " + row.getLong(2))
        .list();
  }

  /** All runs, oldest first, with STATUS, EXIT_MESSAGE and so on. */
  public List<Map<String, Object>> executions() {
    return jdbc.sql("SELECT * FROM BATCH_JOB_EXECUTION ORDER BY JOB_EXECUTION_ID")
        .query()
        .listOfRows();
  }

  /** In a thread of its own; the shared pool of a small machine has only one. */
  public static <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().start(task));
  }

  /** Waits until a connection of this database is in a statement that begins so. */
  public void awaitStatement(String start) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            jdbc.sql(
                        "SELECT COUNT(*) FROM information_schema.processlist"
                            + " WHERE db = DATABASE() AND TRIM(info) LIKE ?")
                    .param(start + "%")
                    .query(Long.class)
                    .single()
                > 0);
  }

  public long count(String sql) {
    return jdbc.sql("SELECT COUNT(*) FROM " + sql).query(Long.class).single();
  }
}
