package io.firstcome.api.statistics;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads that go through much of the history: {@value #AT_ONCE_MAX} at a time in this process, so
 * that participants keep their connections, and none longer than {@value #SECONDS_MAX} seconds.
 */
@Component
public class HeavyReads {
  static final int AT_ONCE_MAX = 2;
  static final int SECONDS_MAX = 60;
  private static final Duration RETRY = Duration.ofSeconds(5);
  // So that a statement that takes too long is ended by its time limit, which says so.
  private static final Duration SILENCE_BEYOND_LIMIT = Duration.ofSeconds(5);

  private final JdbcTemplate template;
  private final TransactionTemplate transactions;
  private final Duration limit;
  private final Semaphore free = new Semaphore(AT_ONCE_MAX);

  @Autowired
  HeavyReads(DataSource database) {
    this(database, Duration.ofSeconds(SECONDS_MAX));
  }

  HeavyReads(DataSource database, Duration limit) {
    this.template = new JdbcTemplate(database);
    this.limit = limit;
    // Not the persistence context's: these rows are never entities.
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    transactions.setReadOnly(true);
    // All statements of one read see the same moment.
    transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    transactions.setTimeout((int) limit.toSeconds());
  }

  /**
   * Runs a read in a read-only transaction.
   *
   * @throws ProblemException {@link ErrorCode#TOO_MANY_REQUESTS} while enough others are at work,
   *     {@link ErrorCode#SERVICE_UNAVAILABLE} if it takes too long
   */
  public <T> T read(Function<Reading, T> read) {
    if (!free.tryAcquire()) {
      throw new ProblemException(
              ErrorCode.TOO_MANY_REQUESTS,
              AT_ONCE_MAX + " analyses of the history are at work already; try again shortly.")
          .retryAfter(RETRY);
    }
    try {
      var reading = new Reading(JdbcClient.create(template), System.nanoTime() + limit.toNanos());
      return Objects.requireNonNull(
          transactions.execute(_ -> withPatientConnection(() -> read.apply(reading))));
    } catch (QueryTimeoutException | TransactionTimedOutException e) {
      throw new ProblemException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "Going through the history took longer than " + limit.toSeconds() + " seconds.",
          e);
    } finally {
      free.release();
    }
  }

  /** The pool gives up on a connection that is silent for as long as a big count may be. */
  private <T> T withPatientConnection(Supplier<T> read) {
    return Objects.requireNonNull(
        template.execute(
            (ConnectionCallback<T>)
                connection -> {
                  int before = connection.getNetworkTimeout();
                  setTimeout(connection, (int) limit.plus(SILENCE_BEYOND_LIMIT).toMillis());
                  try {
                    return read.get();
                  } finally {
                    if (!connection.isClosed()) {
                      setTimeout(connection, before);
                    }
                  }
                }));
  }

  private static void setTimeout(Connection connection, int millis) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, millis);
  }

  /** What a read works with. */
  public static final class Reading {
    private final JdbcClient jdbc;
    private final long deadlineNanos;

    private Reading(JdbcClient jdbc, long deadlineNanos) {
      this.jdbc = jdbc;
      this.deadlineNanos = deadlineNanos;
    }

    /** Its statements end with the time of the read. */
    public JdbcClient jdbc() {
      return jdbc;
    }

    /** Hands the rows on one by one as the server sends them; they never are in memory together. */
    public void stream(JdbcClient.StatementSpec statement, RowCallbackHandler rows) {
      // The one fetch size with which Connector/J does not collect all rows first.
      statement
          .withFetchSize(Integer.MIN_VALUE)
          .query(
              (RowCallbackHandler)
                  row -> {
                    // The statement's own limit ends with the first row.
                    if (System.nanoTime() > deadlineNanos) {
                      throw new QueryTimeoutException("The rows are still coming");
                    }
                    rows.processRow(row);
                  });
    }
  }
}
