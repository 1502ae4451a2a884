package io.firstcome.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.embedded.FreePorts;
import io.firstcome.testing.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The whole product as {@code ./firstcome up} starts it, in a process of its own. All tests share
 * one; its folder below {@code target} is kept until the next run.
 */
final class Product {
  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final Product SHARED = new Product();

  private final Path data = Path.of("target", "product").toAbsolutePath();
  private final Path console = Path.of("target", "product.log").toAbsolutePath();
  private final String address;
  private final Process process;
  private final ApiClient admin;

  private Product() {
    int port = FreePorts.next();
    address = "http://localhost:" + port;
    try {
      deleteAll(data);
      process = start(port, FreePorts.next());
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-product"));
      Awaitility.await("ready, see " + console).atMost(START_MAX).until(this::isReady);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    admin = new ApiClient(address, "admin", adminPassword());
  }

  static Product get() {
    return SHARED;
  }

  String address() {
    return address;
  }

  ApiClient admin() {
    return admin;
  }

  ApiClient anybody() {
    return new ApiClient(address, null, null);
  }

  String adminPassword() {
    try {
      return Files.readString(data.resolve("admin-password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its database and its log are, as it tells who works beside it. */
  Properties connection() {
    try (var file = Files.newBufferedReader(data.resolve("connection.properties"), UTF_8)) {
      var connection = new Properties();
      connection.load(file);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A campaign with a name that nobody else has; the rest is JSON members. */
  String campaign(long stock, String more) {
    var name = "c-" + UUID.randomUUID().toString().substring(0, 13);
    var json = "{\"name\":\"%s\",\"totalStock\":%d%s}".formatted(name, stock, more);
    var answer = admin.post("/api/admin/campaigns", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return name;
  }

  /** A request of this user, decided. */
  String participated(String campaign, String userId) {
    var answer = anybody().participate(campaign, userId, "Prefer", "wait=30");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("status").asString();
  }

  private Process start(int port, int managementPort) throws IOException {
    var standalone = Path.of("..", "standalone", "target").toAbsolutePath().normalize();
    String classPath;
    try (var jars = Files.newDirectoryStream(standalone, "standalone-*.jar")) {
      classPath =
          jars.iterator().next() + ":" + Files.readString(standalone.resolve("classpath")).strip();
    }
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            "io.firstcome.standalone.Standalone",
            "--data",
            data.toString(),
            "--port",
            Integer.toString(port),
            "--management-port",
            Integer.toString(managementPort));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(console.toFile()))
        .start();
  }

  private boolean isReady() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended with code " + process.exitValue());
    }
    return Files.readString(console, UTF_8).contains("Firstcome is ready");
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }
}
