package io.firstcome.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;

/**
 * L4: how many rows one connection can insert into our table, as large as it is by then, if nothing
 * has to be decided. Of the ways to write many rows the fastest that was found: a statement of 500
 * rows that the server keeps prepared, 2,000 rows a transaction.
 */
final class RawInsert {
  private static final int ROWS_A_STATEMENT = 500;
  private static final int ROWS_A_TRANSACTION = 2_000;

  private final Stage stage;
  private int written;

  RawInsert(Stage stage) {
    this.stage = stage;
  }

  /** Returns the rows a second. They belong to no campaign, so nobody counts them. */
  double rowsPerSecond(int count) throws SQLException {
    try (var connection = connect()) {
      connection.setAutoCommit(false);
      long started = System.nanoTime();
      for (int end = written + count; written < end; written += ROWS_A_STATEMENT) {
        insert(connection, written);
        if (written % ROWS_A_TRANSACTION == ROWS_A_TRANSACTION - ROWS_A_STATEMENT) {
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
        "INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id,"
            + " dedup_key, outcome, success_rank, is_repeat, logged_at, decided_at) VALUES "
            + String.join(
                ",", Collections.nCopies(ROWS_A_STATEMENT, "(0,0,0,?,?,?,'SUCCESS',?,0,?,?)"));
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
