package io.firstcome.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of one database server: programs, data, accounts, process id. */
record MariaDbFolder(Path path, Path programs, MariaDbInstallation installation) {
  static final String DATABASE = "firstcome";
  static final String USER = "firstcome";

  private static final int PASSWORD_BYTES = 24;

  /** Unpacks the programs and creates empty data where they are missing. */
  static MariaDbFolder prepare(Path path, Path programs) throws IOException {
    var unfinished = path.resolve("data.new");
    if (Files.exists(unfinished)) {
      MariaDbInstallation.deleteRecursively(unfinished);
    }
    var folder = new MariaDbFolder(path, programs, MariaDbInstallation.in(programs, unfinished));
    if (!Files.exists(folder.data())) {
      folder.installation().createData(folder.data());
    }
    Files.deleteIfExists(unfinished);
    Files.createDirectories(folder.temporary());
    folder.writeInitFile();
    return folder;
  }

  Path data() {
    return path.resolve("data");
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  Path pidFile() {
    return path.resolve("mariadbd.pid");
  }

  Path initFile() {
    return path.resolve("init.sql");
  }

  String userPassword() {
    return SecretFile.readOrCreate(path.resolve("user-password"), PASSWORD_BYTES);
  }

  String rootPassword() {
    return SecretFile.readOrCreate(path.resolve("root-password"), PASSWORD_BYTES);
  }

  /**
   * What the server executes at each start, before it takes connections. The passwords are Base64,
   * so they need no quoting.
   */
  private void writeInitFile() throws IOException {
    SecretFile.write(
        initFile(),
        """
        SET sql_log_bin=0;
        DROP DATABASE IF EXISTS test;
        DELETE FROM mysql.global_priv WHERE User='';
        FLUSH PRIVILEGES;
        ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
        CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
        ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '%1$s';
        GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
        CREATE DATABASE IF NOT EXISTS %2$s CHARACTER SET utf8mb4;
        CREATE USER IF NOT EXISTS '%3$s'@'127.0.0.1';
        ALTER USER '%3$s'@'127.0.0.1' IDENTIFIED BY '%4$s';
        GRANT ALL PRIVILEGES ON %2$s.* TO '%3$s'@'127.0.0.1';
        """
            .formatted(rootPassword(), DATABASE, USER, userPassword()));
  }
}
