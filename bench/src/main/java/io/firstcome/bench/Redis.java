package io.firstcome.bench;

import io.firstcome.embedded.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** A Redis or Valkey server for the baseline that decides there; keeps nothing on the disk. */
final class Redis implements AutoCloseable {
  private static final int START_MAX_S = 20;

  private final Process process;
  private final int port;

  private Redis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the server that is installed; empty if there is none. */
  static Optional<Redis> start() {
    return program().map(Redis::start);
  }

  private static Optional<String> program() {
    return List.of("valkey-server", "redis-server").stream()
        .flatMap(name ->
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static Redis start(String program) {
    try {
      int port = FreePorts.next();
      var command =
          List.of(
              program,
              "--bind",
              "127.0.0.1",
              "--port",
              Integer.toString(port),
              "--save",
              "",
              "--appendonly",
              "no",
              "--dir",
              System.getProperty("java.io.tmpdir"));
      var process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      var redis = new Redis(process, port);
      Runtime.getRuntime().addShutdownHook(new Thread(redis::close, "stop-redis"));
      redis.awaitReady();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_MAX_S);
    while (true) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > giveUp) {
          throw new IOException("the Redis server does not start", e);
        }
        Thread.onSpinWait();
      }
    }
  }

  int port() {
    return port;
  }

  void stock(long campaign, long stock) {
    try (var client = RedisClient.create("127.0.0.1", port)) {
      var _ = client.set("stock:" + campaign, Long.toString(stock));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
