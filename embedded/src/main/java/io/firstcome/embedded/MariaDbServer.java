package io.firstcome.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the program mariadbd: from its start until it has ended. */
final class MariaDbServer {
  /** Where its console goes: a name of its own, so that it can be turned down. */
  private static final Logger console = LoggerFactory.getLogger("mariadb");

  private static final String READY = ": ready for connections.";
  private static final int LAST_WORDS_MAX = 5;
  private static final int START_MAX_S = 60;
  private static final int STOP_MAX_S = 6;

  private final Process process;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final Deque<String> lastWords = new ArrayDeque<>();

  private MariaDbServer(Process process) {
    this.process = process;
  }

  /** Starts the program and returns when it takes connections. */
  static MariaDbServer start(MariaDbFolder folder, int port) throws IOException {
    var installation = folder.installation();
    var command = new ProcessBuilder(command(folder, port));
    command.directory(folder.data().toFile());
    command
        .environment()
        .put(installation.librariesVariable(), installation.libraries().toString());
    command.redirectErrorStream(true);
    var server = new MariaDbServer(command.start());
    Thread.ofVirtual().name("mariadb-console").start(server::readConsole);
    server.awaitReady();
    return server;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the program has ended, for whatever reason. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks the program to end, and ends it if it takes too long; its data survives both. */
  void stop() {
    end(process.toHandle());
  }

  /** Ends a server that a killed process left behind on this folder. */
  static void endOrphan(MariaDbFolder folder) throws IOException {
    if (!Files.exists(folder.pidFile())) {
      return;
    }
    var text = Files.readString(folder.pidFile()).strip();
    if (text.matches("[1-9][0-9]{0,18}")) {
      ProcessHandle.of(Long.parseLong(text))
          .filter(orphan -> isServerOf(folder, orphan))
          .ifPresent(orphan -> {
            console.warn("Ending the database server {} of an earlier run", orphan.pid());
            end(orphan);
          });
    }
    Files.deleteIfExists(folder.pidFile());
  }

  /** A process id is used again sooner or later: only the command line says whose it is now. */
  private static boolean isServerOf(MariaDbFolder folder, ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains(dataArgument(folder)))
        .isPresent();
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_MAX_S, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      console.warn("The database server {} does not end, killing it", process.pid());
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process cannot fail", e);
    }
  }

  private void readConsole() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        heard(line);
      }
    } catch (IOException e) {
      console.debug("The console of the database server was closed", e);
    } finally {
      ready.complete(false);
    }
  }

  private void heard(String line) {
    if (line.contains("[ERROR]")) {
      console.error("{}", line);
    } else {
      console.info("{}", line);
    }
    synchronized (lastWords) {
      lastWords.addLast(line);
      if (lastWords.size() > LAST_WORDS_MAX) {
        lastWords.removeFirst();
      }
    }
    if (line.contains(READY)) {
      ready.complete(true);
    }
  }

  private void awaitReady() {
    boolean isReady;
    try {
      isReady = ready.get(START_MAX_S, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      isReady = false;
    } catch (TimeoutException | ExecutionException _) {
      isReady = false;
    }
    if (!isReady) {
      process.destroyForcibly();
      synchronized (lastWords) {
        throw new EmbeddedServerException(
            "The database server did not start: " + String.join(" / ", lastWords));
      }
    }
  }

  private static List<String> command(MariaDbFolder folder, int port) {
    var command = new ArrayList<String>();
    command.add(folder.installation().serverProgram().toString());
    command.add("--no-defaults");
    command.add("--basedir=" + folder.programs());
    command.add(dataArgument(folder));
    command.add("--tmpdir=" + folder.temporary());
    command.add("--pid-file=" + folder.pidFile());
    command.add("--init-file=" + folder.initFile());
    command.add("--port=" + port);
    command.addAll(SETTINGS);
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root unless told that this is meant.
      command.add("--user=root");
    }
    return command;
  }

  private static String dataArgument(MariaDbFolder folder) {
    return "--datadir=" + folder.data();
  }

  private static final List<String> SETTINGS =
      List.of(
          "--console",
          "--bind-address=127.0.0.1",
          // Relative to the data folder: an absolute path may be longer than a socket's may be.
          "--socket=mariadb.sock",
          "--skip-name-resolve",
          // Loopback only; making a certificate takes seconds at each start.
          "--skip-ssl",
          "--local-infile=OFF",
          "--character-set-server=utf8mb4",
          "--default-time-zone=+00:00",
          "--transaction-isolation=READ-COMMITTED",
          // What MySQL has by default, so that a statement fails here and there alike.
          "--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
              + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
          "--innodb-flush-log-at-trx-commit=1",
          "--log-bin=binlog",
          "--server-id=1",
          "--sync-binlog=1",
          "--binlog-format=ROW",
          "--max-binlog-size=64M",
          "--max-binlog-total-size=256M",
          "--max-connections=150",
          "--max-allowed-packet=64M",
          "--innodb-buffer-pool-size=128M",
          "--key-buffer-size=1M",
          "--aria-pagecache-buffer-size=8M");
}
