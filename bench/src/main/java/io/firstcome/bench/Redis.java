package io.firstcome.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firstcome.bench.baseline.RedisScript;
import io.firstcome.embedded.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** A Redis or Valkey server for the baseline that decides there; keeps nothing on the disk. */
final class Redis implements AutoCloseable {
  private static final int START_MAX_S = 20;

  private static final int DECISIONS = 50_000;

  private final String program;
  private final Process process;
  private final int port;

  private Redis(String program, Process process, int port) {
    this.program = program;
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
      var redis = new Redis(program, process, port);
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
      var _ = client.set(RedisScript.keys(campaign).getFirst(), Long.toString(stock));
    }
  }

  /**
   * L5: how many decisions a second the script makes for 50 connections of the server's own
   * benchmark; empty if that is not installed.
   */
  OptionalDouble decisionsPerSecond(long campaign) throws IOException {
    var benchmark = Path.of(program.replaceFirst("-server$", "-benchmark"));
    if (!Files.isExecutable(benchmark)) {
      return OptionalDouble.empty();
    }
    try (var client = RedisClient.create("127.0.0.1", port)) {
      var keys = RedisScript.keys(campaign);
      var command =
          new ArrayList<>(
              List.of(benchmark.toString(), "-h", "127.0.0.1", "-p", Integer.toString(port)));
      command.addAll(List.of("-n", Integer.toString(DECISIONS), "-r", "100000000", "--csv"));
      command.addAll(List.of("evalsha", client.scriptLoad(RedisScript.DECIDE), "2"));
      command.addAll(List.of(keys.getFirst(), keys.getLast(), "__rand_int__"));
      var run = new ProcessBuilder(command).redirectErrorStream(true).start();
      // One line for the names of the fields, one for their values, all in quotation marks.
      var answer = new String(run.getInputStream().readAllBytes(), UTF_8).lines().toList();
      var fields = answer.getLast().split("\"", -1);
      return OptionalDouble.of(Double.parseDouble(fields[3]));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
