package io.firstcome.core.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.firstcome.testing.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DatabaseLockIT {
  private final DataSource database = newDatabase();

  private static DataSource newDatabase() {
    var made = TestServers.get().newDatabase();
    var source = new MysqlDataSource();
    source.setURL(made.jdbcUrl());
    source.setUser(made.user());
    source.setPassword(made.password());
    return source;
  }

  private boolean isFree(String name) throws SQLException {
    try (var connection = database.getConnection()) {
      return DatabaseLock.isFree(connection, name);
    }
  }

  @Test
  void oneAtATime() throws SQLException {
    try (var _ = DatabaseLock.take(database, "batch.one", Duration.ZERO).orElseThrow()) {
      assertThat(isFree("batch.one")).isFalse();
      assertThat(DatabaseLock.take(database, "batch.one", Duration.ZERO)).isEmpty();
      assertThat(DatabaseLock.take(database, "batch.one", Duration.ofSeconds(1))).isEmpty();
    }
    assertThat(isFree("batch.one")).isTrue();
    DatabaseLock.take(database, "batch.one", Duration.ZERO).orElseThrow().close();
  }

  @Test
  void namesAndDatabasesAreApart() throws SQLException {
    try (var _ = DatabaseLock.take(database, "batch.one", Duration.ZERO).orElseThrow();
        var _ = DatabaseLock.take(database, "batch.two", Duration.ZERO).orElseThrow();
        var _ = DatabaseLock.take(newDatabase(), "batch.one", Duration.ZERO).orElseThrow()) {
      assertThat(isFree("batch.two")).isFalse();
    }
  }

  @Test
  void whoWaitsGetsItWhenItIsGivenBack() throws Exception {
    var held = DatabaseLock.take(database, "batch.one", Duration.ZERO).orElseThrow();
    var waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return DatabaseLock.take(database, "batch.one", Duration.ofSeconds(30));
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
    Awaitility.await().until(() -> sessions("%GET_LOCK%") == 1);
    assertThat(waiting).isNotDone();
    held.close();
    waiting.get(30, TimeUnit.SECONDS).orElseThrow().close();
  }

  @Test
  void aConnectionThatEndsGivesItFree() throws SQLException {
    var held = DatabaseLock.take(database, "batch.one", Duration.ZERO).orElseThrow();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("KILL " + holder());
    }
    Awaitility.await().until(() -> isFree("batch.one"));
    held.close();
  }

  private long holder() throws SQLException {
    return number(
        "SELECT IS_USED_LOCK(CONCAT('firstcome-',"
            + " LEFT(SHA2(CONCAT(DATABASE(), '/batch.one'), 256), 40)))");
  }

  private long sessions(String running) throws SQLException {
    return number(
        "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"
            + " AND id <> CONNECTION_ID() AND info LIKE '"
            + running
            + "'");
  }

  private long number(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
