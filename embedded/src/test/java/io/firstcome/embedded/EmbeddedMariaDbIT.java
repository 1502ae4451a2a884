package io.firstcome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class EmbeddedMariaDbIT {
  private static final Path BASE = Path.of("target", "mariadb-tests").toAbsolutePath();

  private Path folder = BASE;

  @BeforeEach
  void emptyFolder(TestInfo test) throws Exception {
    folder = BASE.resolve(test.getTestMethod().orElseThrow().getName());
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Test
  void stoppedToStartedKeepsDataAndPassword() throws Exception {
    String password;
    try (var database = start()) {
      password = database.password();
      execute(database, "CREATE TABLE t (id INT PRIMARY KEY)");
      execute(database, "INSERT INTO t VALUES (7)");
    }
    try (var database = start()) {
      assertThat(database.password()).isEqualTo(password);
      assertThat(ask(database, "SELECT id FROM t")).isEqualTo("7");
    }
  }

  @Test
  void killedToRunningAgainOnTheSamePortWithItsData() throws Exception {
    try (var database = start()) {
      execute(database, "CREATE TABLE t (id INT PRIMARY KEY)");
      execute(database, "INSERT INTO t VALUES (7)");
      long killed = database.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      awaitAnswer(database, Duration.ofSeconds(15));
      assertThat(ask(database, "SELECT id FROM t")).isEqualTo("7");
      assertThat(database.pid()).isNotEqualTo(killed);
    }
  }

  @Test
  void orphanOfAKilledProcessIsEndedBeforeTheStart() throws Exception {
    var orphaned = start();
    execute(orphaned, "CREATE TABLE t (id INT PRIMARY KEY)");
    orphaned.stopWatching();
    var orphan = ProcessHandle.of(orphaned.pid()).orElseThrow();
    assertThat(orphan.isAlive()).isTrue();
    try (var database = start()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(ask(database, "SELECT COUNT(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void processThatIsNotOursIsLeftAlone() throws Exception {
    start().close();
    Files.writeString(folder.resolve("mariadbd.pid"), ProcessHandle.current().pid() + "\n");
    start().close();
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void isDurableAndClosedToStrangers() throws Exception {
    try (var database = start()) {
      assertThat(
              ask(
                  database,
                  """
                  SELECT CONCAT_WS(' ', @@innodb_flush_log_at_trx_commit, @@sync_binlog, @@log_bin,
                    @@local_infile, @@transaction_isolation, @@character_set_server,
                    @@bind_address)
                  """))
          .isEqualTo("1 1 ON OFF READ-COMMITTED utf8mb4 127.0.0.1");
      assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "root", ""))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "nobody", ""))
          .isInstanceOf(SQLException.class);
    }
  }

  private EmbeddedMariaDb start() {
    return EmbeddedMariaDb.start(folder, BASE.resolve("server"), 0);
  }

  private static Connection connect(EmbeddedMariaDb database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static void execute(EmbeddedMariaDb database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(EmbeddedMariaDb database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void awaitAnswer(EmbeddedMariaDb database, Duration timeout) throws Exception {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        ask(database, "SELECT 1");
        return;
      } catch (SQLException _) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new AssertionError("The database did not come back within " + timeout);
  }
}
