package io.firstcome.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;

/**
 * L4: how many rows of our table one connection can insert if nothing has to be decided. Of the
 * ways to write many rows the fastest that was found: a statement of 500 rows that the server keeps
 * prepared, 2,000 rows a transaction.
 */
final class RawInsert {
  private static final int ROWS_A_STATEMENT = 500;
  private static final int ROWS_A_TRANSACTION = 2_000;

  private final Stage stage;

  RawInsert(Stage stage) {
    this.stage = stage;
  }

  /** Returns the rows a second. The table is made anew, so it is as empty as a new campaign's. */
  double rowsPerSecond(int count) throws SQLException {
    try (var connection = connect();
        var other = connection.createStatement()) {
      other.execute("DROP TABLE IF EXISTS participation_raw");
      other.execute("CREATE TABLE participation_raw LIKE participation");
      connection.setAutoCommit(false);
      long started = System.nanoTime();
      for (int offset = 0; offset < count; offset += ROWS_A_STATEMENT) {
        insert(connection, offset);
        if (offset % ROWS_A_TRANSACTION == ROWS_A_TRANSACTION - ROWS_A_STATEMENT) {
          connection.commit();
        }
      }
      connection.commit();
      return count / ((System.nanoTime() - started) / 1e9);
    }
  }

  private Connection connect() throws SQLException {
    var database = stage.database();
    var url = database.jdbcUrl();
    var options =
        "useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSqlLimit=65536"
            + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";
    return DriverManager.getConnection(
        url + (url.contains("?") ? "&" : "?") + options, database.user(), database.password());
  }

  private static void insert(Connection connection, int firstOffset) throws SQLException {
    var sql =
        "INSERT INTO participation_raw (campaign_id, topic_id, part, log_offset, user_id,"
            + " dedup_key, outcome, success_rank, is_repeat, logged_at, decided_at) VALUES "
            + String.join(
                ",", Collections.nCopies(ROWS_A_STATEMENT, "(1,1,0,?,?,?,'SUCCESS',?,0,?,?)"));
    var now = LocalDateTime.now(ZoneOffset.UTC);
    try (var statement = connection.prepareStatement(sql)) {
      int column = 1;
      for (int offset = firstOffset; offset < firstOffset + ROWS_A_STATEMENT; offset++) {
        var user = "user-" + offset;
        statement.setLong(column++, offset);
        statement.setString(column++, user);
        statement.setString(column++, user);
        statement.setLong(column++, offset + 1);
        statement.setObject(column++, now);
        statement.setObject(column++, now);
      }
      statement.executeUpdate();
    }
  }
}
