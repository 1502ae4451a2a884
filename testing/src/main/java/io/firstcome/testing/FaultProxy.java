package io.firstcome.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A database connection with faults: stands on loopback between a client and the real server. */
public final class FaultProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final URI server;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));
  private final AtomicReference<CommitFault> commitFault = new AtomicReference<>(CommitFault.NONE);
  private final AtomicReference<CountDownLatch> waitsToSend =
      new AtomicReference<>(new CountDownLatch(1));
  private volatile boolean down;

  /** What happens to the next COMMIT. */
  public enum CommitFault {
    NONE,
    /** The server never sees it. */
    LOST_BEFORE_THE_SERVER,
    /** The server carries it out, but its answer does not arrive. */
    ANSWER_LOST
  }

  public FaultProxy(Database database) {
    try {
      server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /** The database as it is reached through here. */
  public String jdbcUrl() {
    var options = server.getQuery() == null ? "" : "?" + server.getQuery();
    return "jdbc:mysql://127.0.0.1:" + listener.getLocalPort() + server.getPath() + options;
  }

  /** From now on nothing that the client sends arrives, until {@link #release}. */
  public void hold() {
    waitsToSend.set(new CountDownLatch(1));
    held.set(new CountDownLatch(1));
  }

  /** Waits until the client has sent something that is being held. */
  public boolean awaitHeld(long seconds) throws InterruptedException {
    return waitsToSend.get().await(seconds, TimeUnit.SECONDS);
  }

  public void release() {
    held.get().countDown();
  }

  public void failNextCommit(CommitFault fault) {
    commitFault.set(fault);
  }

  /** Whether the fault asked for by {@link #failNextCommit} has happened. */
  public boolean commitHasFailed() {
    return commitFault.get() == CommitFault.NONE;
  }

  /** Cuts all connections and accepts no new ones. */
  public void goDown() {
    down = true;
    open.forEach(FaultProxy::closeQuietly);
  }

  public void comeBack() {
    down = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        if (down) {
          closeQuietly(client);
          continue;
        }
        var upstream = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        open.add(client);
        open.add(upstream);
        var dropAnswer = new AtomicReference<>(false);
        Thread.ofVirtual().start(() -> pump(client, upstream, bytes -> passOn(bytes, dropAnswer)));
        Thread.ofVirtual().start(() -> pump(upstream, client, bytes -> !dropAnswer.get()));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private interface Filter {
    /** Returns whether the bytes go on; if not, the connection ends. */
    boolean passes(String bytes) throws InterruptedException;
  }

  private boolean passOn(String bytes, AtomicReference<Boolean> dropAnswer)
      throws InterruptedException {
    if (held.get().getCount() > 0) {
      waitsToSend.get().countDown();
      held.get().await();
    }
    // The whole statement: "SET autocommit=0" is another one.
    if (bytes.toLowerCase(Locale.ROOT).endsWith("commit")) {
      var fault = commitFault.getAndSet(CommitFault.NONE);
      dropAnswer.set(fault == CommitFault.ANSWER_LOST);
      return fault != CommitFault.LOST_BEFORE_THE_SERVER;
    }
    return true;
  }

  private void pump(Socket from, Socket to, Filter filter) {
    var buffer = new byte[BUFFER_BYTES];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!filter.passes(new String(buffer, 0, count, StandardCharsets.ISO_8859_1))) {
          break;
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // One side has hung up; the other is told by closing it below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    release();
    goDown();
  }
}
