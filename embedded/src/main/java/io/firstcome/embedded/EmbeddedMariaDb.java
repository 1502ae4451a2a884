package io.firstcome.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server as a child of this process, reachable from this machine only. A committed
 * transaction is on the disk. If the server is killed it is started again, on the same port and
 * with the same data.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedMariaDb.class);

  private static final long BACKOFF_FIRST_MS = 200;
  private static final long BACKOFF_MAX_MS = 10_000;

  private final MariaDbFolder folder;
  private final int port;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this, so that nothing is started after the end. */
  private MariaDbServer server;

  private EmbeddedMariaDb(MariaDbFolder folder, int port, MariaDbServer server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /** As {@link #start(Path, Path, int)}, with the programs in the same folder. */
  public static EmbeddedMariaDb start(Path folder, int port) {
    return start(folder, folder.resolve("server"), port);
  }

  /**
   * Starts a server and returns when it takes connections. The first start on a folder creates an
   * empty database {@code firstcome} and the passwords. A server that a killed process left behind
   * on this folder is ended first.
   *
   * @param folder made if it is missing; must not be used by another process, see {@link
   *     DataFolder}
   * @param programs where the server's programs are unpacked to; several folders may share one
   * @param port of the loopback address; 0 for any that is free
   * @throws EmbeddedServerException if it does not start
   */
  public static EmbeddedMariaDb start(Path folder, Path programs, int port) {
    try {
      var path = folder.toAbsolutePath().normalize();
      Files.createDirectories(path);
      var prepared = MariaDbFolder.prepare(path, programs.toAbsolutePath().normalize());
      MariaDbServer.endOrphan(prepared);
      int actualPort = port == 0 ? FreePorts.next() : port;
      var database =
          new EmbeddedMariaDb(prepared, actualPort, MariaDbServer.start(prepared, actualPort));
      Thread.ofVirtual().name("mariadb-watch").start(database::watch);
      return database;
    } catch (IOException e) {
      throw new EmbeddedServerException("The database server did not start: " + e, e);
    }
  }

  /** The address of the database for Connector/J, without options. */
  public String jdbcUrl() {
    return jdbcUrl(MariaDbFolder.DATABASE);
  }

  /** The address of another database on this server. */
  public String jdbcUrl(String database) {
    return "jdbc:mysql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** The account that may do everything in the database {@code firstcome}, and nothing else. */
  public String user() {
    return MariaDbFolder.USER;
  }

  public String password() {
    return folder.userPassword();
  }

  /** Of the account {@code root}, which may do everything. */
  public String rootPassword() {
    return folder.rootPassword();
  }

  public int port() {
    return port;
  }

  /** The process id of the server; another one after it was killed. */
  public synchronized long pid() {
    return server.pid();
  }

  /** Stops the server within six seconds; more than once does nothing. */
  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      server.stop();
    }
  }

  /** Kills the server at once, for an end that cannot wait; nothing that was committed is lost. */
  public void kill() {
    closed.countDown();
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Leaves the server running on its own, as a kill of this process would; for tests. */
  void stopWatching() {
    closed.countDown();
  }

  private synchronized MariaDbServer server() {
    return server;
  }

  private void watch() {
    try {
      int code = server().awaitEnd();
      while (!isClosed()) {
        log.warn("The database server ended (code {}), starting it again", code);
        if (!restart()) {
          return;
        }
        log.info("The database server is back");
        code = server().awaitEnd();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries until it works; false if this was closed before. */
  private boolean restart() throws InterruptedException {
    long backoffMs = BACKOFF_FIRST_MS;
    while (!startAgain()) {
      if (closed.await(backoffMs, TimeUnit.MILLISECONDS)) {
        return false;
      }
      backoffMs = Math.min(2 * backoffMs, BACKOFF_MAX_MS);
    }
    return !isClosed();
  }

  private synchronized boolean startAgain() {
    if (isClosed()) {
      return true;
    }
    try {
      server = MariaDbServer.start(folder, port);
      return true;
    } catch (IOException | EmbeddedServerException e) {
      log.error("The database server cannot be started again, trying later", e);
      return false;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
