package io.firstcome.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * One Kafka broker and one database server for all integration tests of a JVM, started when they
 * are first asked for and stopped when the JVM ends. The environment variable {@code
 * FIRSTCOME_TEST_SERVERS} chooses them: {@code embedded} (the default) or {@code containers}. If
 * the chosen ones do not start the tests fail; nothing falls back to the others.
 */
public final class TestServers {
  private static final String CHOICE = "FIRSTCOME_TEST_SERVERS";

  private final Servers servers;
  private final String description;

  private TestServers(Servers servers) {
    this.servers = servers;
    this.description = "%s and %s".formatted(databaseVersion(servers), servers.kafkaAndPlace());
  }

  /** The servers of this JVM. */
  public static TestServers get() {
    return Started.SERVERS;
  }

  /** Host and port for the setting {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return servers.bootstrapServers();
  }

  /** A new empty database with a name that nobody else has. */
  public Database newDatabase() {
    var name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = connect(servers, "");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s CHARACTER SET utf8mb4".formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException("The database %s cannot be created".formatted(name), e);
    }
    return new Database(servers.jdbcUrl(name), servers.user(), servers.password());
  }

  /** A new database with the product's tables, as the api makes them when it starts. */
  public Database newDatabaseWithTables() {
    var database = newDatabase();
    Migrations.run(database);
    return database;
  }

  /**
   * Which servers in which versions these are, as in "MySQL 9.7.4 and Kafka 4.3.1 in containers".
   */
  public String describe() {
    return description;
  }

  /** Whether the database is the one that production runs, not its relative. */
  public boolean isMySql() {
    return servers.isMySql();
  }

  private static TestServers start() {
    var choice = System.getenv().getOrDefault(CHOICE, "embedded");
    Servers servers =
        switch (choice) {
          case "embedded" -> EmbeddedServers.start();
          case "containers" -> ContainerServers.start();
          default ->
              throw new IllegalStateException(
                  "%s must be embedded or containers, was %s".formatted(CHOICE, choice));
        };
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "stop-test-servers"));
    var started = new TestServers(servers);
    // Said once on the console, so that every test report shows what its claims hold for.
    System.out.println("Tests run on " + started.describe());
    return started;
  }

  private static String databaseVersion(Servers servers) {
    try (var connection = connect(servers, "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT VERSION()")) {
      rows.next();
      var version = rows.getString(1).replaceAll("-.*", "");
      return (servers.isMySql() ? "MySQL " : "MariaDB ") + version;
    } catch (SQLException e) {
      throw new IllegalStateException("The database server does not answer", e);
    }
  }

  private static Connection connect(Servers servers, String database) throws SQLException {
    return DriverManager.getConnection(
        servers.jdbcUrl(database), servers.user(), servers.password());
  }

  /** Starts them when it is first used, once. */
  private static final class Started {
    static final TestServers SERVERS = start();
  }
}
