package io.firstcome.core.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A lock with a name that one process of a database has at a time ({@code GET_LOCK} of MySQL and
 * MariaDB). It saves work that would be done twice; it does not protect data: whoever loses the
 * connection loses the lock without noticing, so what is done under it must also be right when two
 * do it.
 *
 * <p>The server gives the lock free as soon as the connection ends, so nothing is left of a process
 * that was killed. A machine that vanishes is noticed after {@value #SILENCE_SECONDS_MAX} seconds.
 */
public final class DatabaseLock implements AutoCloseable {
  private static final int SILENCE_SECONDS_MAX = 60;
  // The limit for names is 64 characters, and the lock is the server's, not the database's.
  // SHA2, because MySQL 9.7 has no SHA1.
  private static final String NAME =
      "CONCAT('firstcome-', LEFT(SHA2(CONCAT(DATABASE(), '/', ?), 256), 40))";

  private final Connection connection;
  private final String name;
  private final int waitTimeout;
  private final ScheduledExecutorService heart;

  private DatabaseLock(Connection connection, String name, int waitTimeout) {
    this.connection = connection;
    this.name = name;
    this.waitTimeout = waitTimeout;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lock-" + name).factory());
    long pause = SILENCE_SECONDS_MAX / 4;
    var _ = heart.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.SECONDS);
  }

  /**
   * The name of the lock that a process has as long as it runs this job. A run that says it is at
   * work while the lock is free belongs to a process that is gone.
   */
  public static String nameOfJob(String job) {
    return "batch." + job;
  }

  /**
   * Takes the lock, and one connection for as long as it is held.
   *
   * @param name any text; the same name in another database is another lock
   * @param patience how long to wait for whoever has it, in whole seconds; zero not to wait
   * @return empty if somebody else has it
   */
  public static Optional<DatabaseLock> take(DataSource database, String name, Duration patience)
      throws SQLException {
    var connection = database.getConnection();
    Optional<DatabaseLock> held = Optional.empty();
    try {
      connection.setAutoCommit(true);
      if (ask(connection, "SELECT GET_LOCK(" + NAME + ", " + patience.toSeconds() + ")", name)) {
        held = Optional.of(hold(connection, name));
      }
      return held;
    } finally {
      if (held.isEmpty()) {
        connection.close();
      }
    }
  }

  private static DatabaseLock hold(Connection connection, String name) throws SQLException {
    int waitTimeout = number(connection, "SELECT @@SESSION.wait_timeout");
    execute(connection, "SET SESSION wait_timeout = " + SILENCE_SECONDS_MAX);
    return new DatabaseLock(connection, name, waitTimeout);
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Whether nobody has the lock at this moment. */
  public static boolean isFree(Connection connection, String name) throws SQLException {
    return ask(connection, "SELECT IS_FREE_LOCK(" + NAME + ")", name);
  }

  private static boolean ask(Connection connection, String sql, String name) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getInt(1) == 1;
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private synchronized void beat() {
    try {
      execute(connection, "DO 0");
    } catch (SQLException e) {
      System.getLogger(DatabaseLock.class.getName())
          .log(System.Logger.Level.WARNING, "The lock " + name + " may be lost", e);
    }
  }

  /** Gives the lock and the connection back. */
  @Override
  public void close() {
    heart.shutdownNow();
    giveBack();
  }

  private synchronized void giveBack() {
    try (connection) {
      execute(connection, "DO RELEASE_ALL_LOCKS()");
      execute(connection, "SET SESSION wait_timeout = " + waitTimeout);
    } catch (SQLException e) {
      System.getLogger(DatabaseLock.class.getName())
          .log(System.Logger.Level.DEBUG, "The server gives the lock free with the connection", e);
    }
  }
}
