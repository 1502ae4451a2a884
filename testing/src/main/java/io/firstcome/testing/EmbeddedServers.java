package io.firstcome.testing;

import io.firstcome.embedded.DataFolder;
import io.firstcome.embedded.DataFolderException;
import io.firstcome.embedded.EmbeddedKafka;
import io.firstcome.embedded.EmbeddedMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.common.utils.AppInfoParser;

/** What the one-process form runs, below the target folder of the repository. */
final class EmbeddedServers implements Servers {
  private static final int FOLDERS_MAX = 16;

  private final DataFolder folder;
  private final EmbeddedKafka kafka;
  private final EmbeddedMariaDb database;

  private EmbeddedServers(DataFolder folder, EmbeddedKafka kafka, EmbeddedMariaDb database) {
    this.folder = folder;
    this.kafka = kafka;
    this.database = database;
  }

  static EmbeddedServers start() {
    var base = repository().resolve("target").resolve("test-servers");
    var folder = firstUnused(base);
    var kafkaData = folder.resolve("kafka");
    deleteRecursively(kafkaData);
    var kafka = CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(kafkaData, 0));
    var database = startDatabase(folder.resolve("mariadb"), base.resolve("mariadb-server"));
    try {
      return new EmbeddedServers(folder, kafka.join(), database);
    } catch (CompletionException e) {
      database.close();
      throw e;
    }
  }

  /** Its data stay between runs, since creating them takes longer than anything else here. */
  private static EmbeddedMariaDb startDatabase(Path folder, Path programs) {
    var database = EmbeddedMariaDb.start(folder, programs, 0);
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), "root", database.rootPassword());
        var statement = connection.createStatement()) {
      for (var name : earlierDatabases(statement)) {
        statement.execute("DROP DATABASE " + name);
      }
      return database;
    } catch (SQLException e) {
      database.close();
      throw new IllegalStateException("The databases of earlier runs cannot be dropped", e);
    }
  }

  private static List<String> earlierDatabases(Statement statement) throws SQLException {
    var names = new ArrayList<String>();
    try (var rows = statement.executeQuery("SHOW DATABASES LIKE 'test\\_%'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public String jdbcUrl(String name) {
    return database.jdbcUrl(name);
  }

  @Override
  public String user() {
    return "root";
  }

  @Override
  public String password() {
    return database.rootPassword();
  }

  @Override
  public boolean isMySql() {
    return false;
  }

  @Override
  public String kafkaAndPlace() {
    return "Kafka " + AppInfoParser.getVersion() + " embedded";
  }

  @Override
  public void close() {
    kafka.close();
    database.close();
    folder.close();
  }

  /** Tests of several modules may run at the same time, each on a folder of its own. */
  private static DataFolder firstUnused(Path base) {
    for (int number = 1; number < FOLDERS_MAX; number++) {
      try {
        return DataFolder.open(base.resolve(Integer.toString(number)));
      } catch (DataFolderException inUse) {
        if (!inUse.isInUse()) {
          throw inUse;
        }
      }
    }
    return DataFolder.open(base.resolve(Integer.toString(FOLDERS_MAX)));
  }

  /**
   * The folder with {@code .mvn}: the programs of the database server are unpacked once for all.
   */
  private static Path repository() {
    var start = Path.of("").toAbsolutePath();
    for (var folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    return start;
  }

  private static void deleteRecursively(Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
