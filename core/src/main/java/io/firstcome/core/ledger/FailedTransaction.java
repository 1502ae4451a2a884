package io.firstcome.core.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** What is left to do when a transaction has failed. */
public final class FailedTransaction {
  private FailedTransaction() {}

  /**
   * Whether a smaller or other batch could succeed: a data exception, a violated constraint (SQL
   * state classes 22 and 23), or a defect of our own. Everything else is the database's, and
   * passes.
   */
  public static boolean isCausedByData(Exception failure) {
    if (failure instanceof SQLException sql) {
      var state = sql.getSQLState();
      return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
    return failure instanceof RuntimeException;
  }

  /**
   * Rolls back; what goes wrong with that is added to the failure. After a failure of the database
   * the connection is cut as well, so that its pool forgets it: a server that has become read-only,
   * for one, keeps its connections, and only a new one leads to the server that took over.
   */
  public static void rollBack(Connection tx, Exception failure) {
    try {
      tx.rollback();
      if (!isCausedByData(failure) && failure instanceof SQLException) {
        tx.abort(Runnable::run);
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
