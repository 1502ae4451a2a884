package io.firstcome.standalone.seed;

import io.firstcome.core.ledger.FailedTransaction;
import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.standalone.ConnectionFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;

/**
 * Writes the requests of one campaign after the other through the {@link Ledger}. Each transaction
 * is whole in itself, so whenever it ends, rows and counters agree.
 */
final class HistoryWriter implements AutoCloseable {
  // Small enough that those who really take part do not wait for it.
  private static final int ROWS_A_TRANSACTION = 1_000;
  private static final int TRIES_MAX = 5;

  private final Connection connection;

  HistoryWriter(ConnectionFile product) throws SQLException {
    connection = DriverManager.getConnection(product.jdbcUrl(), settings(product));
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  private static Properties settings(ConnectionFile product) {
    var settings = new Properties();
    settings.setProperty("user", product.user());
    settings.setProperty("password", product.password());
    settings.setProperty("connectionTimeZone", "UTC");
    settings.setProperty("forceConnectionTimeZoneToSession", "true");
    settings.setProperty("rewriteBatchedStatements", "true");
    // The same few long statements again and again.
    settings.setProperty("cachePrepStmts", "true");
    settings.setProperty("prepStmtCacheSqlLimit", "65536");
    settings.setProperty("connectTimeout", "5000");
    settings.setProperty("socketTimeout", "60000");
    return settings;
  }

  /**
   * Writes the next requests in one transaction.
   *
   * @return how many
   * @throws SQLException if the database does not take them; then nothing was written
   */
  int write(long campaignId, Iterator<LoggedRequest> requests) throws SQLException {
    var next = new ArrayList<LoggedRequest>(ROWS_A_TRANSACTION);
    while (next.size() < ROWS_A_TRANSACTION && requests.hasNext()) {
      next.add(requests.next());
    }
    for (int left = TRIES_MAX; ; left--) {
      try {
        commit(campaignId, next);
        return next.size();
      } catch (SQLTransientException e) {
        // A lock that took too long: rolled back whole, so it is tried from the start.
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  private void commit(long campaignId, List<LoggedRequest> requests) throws SQLException {
    try {
      int decided = Ledger.decidePast(connection, campaignId, requests, PastRequests::decidedAt);
      if (decided != requests.size()) {
        throw new IllegalStateException("a generated campaign was deleted meanwhile");
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      FailedTransaction.rollBack(connection, e);
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
