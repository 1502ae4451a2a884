package io.firstcome.standalone;

import io.firstcome.api.ApiApplication;
import io.firstcome.batch.BatchApplication;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.consumer.ConsumerApplication;
import io.firstcome.embedded.DataFolder;
import io.firstcome.embedded.EmbeddedKafka;
import io.firstcome.embedded.EmbeddedMariaDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Starts the servers and the applications, and stops them again. */
final class Product {
  private final Options options;
  private final Ports ports;
  private final DataFolder folder;
  private final Map<String, String> environment;
  private final RunningParts parts = new RunningParts();

  private volatile @Nullable EmbeddedMariaDb database;

  Product(Options options, Ports ports, DataFolder folder, Map<String, String> environment) {
    this.options = options;
    this.ports = ports;
    this.folder = parts.add(Part.FOLDER, folder);
    this.environment = environment;
  }

  /** Starts everything and returns when it takes requests. */
  void start(Secrets secrets) throws IOException {
    ConnectionFile.delete(folder.path());
    var kafka = CompletableFuture.supplyAsync(this::startKafka, Product::onThreadOfItsOwn);
    var address = startDatabase();
    var bootstrapServers = join(kafka);
    var health = new ConsumerHealth();
    var batch = new BatchHere();
    // The api first: it brings the tables up to date.
    parts.add(
        Part.API,
        ApiApplication.builder()
            .registerShutdownHook(false)
            .initializers(health, batch)
            .run(apiSettings(bootstrapServers, address, secrets)));
    health.consumerStarted(
        parts.add(
            Part.CONSUMER,
            ConsumerApplication.builder()
                .registerShutdownHook(false)
                .run(consumerSettings(bootstrapServers, address))));
    var jobs =
        parts
            .add(
                Part.BATCH,
                BatchApplication.builder()
                    .registerShutdownHook(false)
                    .run(batchSettings(bootstrapServers, address)))
            .getBean(JobRuns.class);
    batch.batchStarted(jobs);
    parts.add(Part.SCHEDULE, DailyRuns.start(jobs, options.schedule()));
    var connection =
        new ConnectionFile(
            "http://localhost:" + ports.pages(),
            address.jdbcUrl(),
            address.user(),
            address.password(),
            bootstrapServers,
            options.schedule().timeZone());
    parts.add(Part.CONNECTION_FILE, connection.write(folder.path()));
  }

  /** Stops everything in order; also what is still being started. */
  void stop() {
    parts.stop();
  }

  /** The one thing that would survive this process; for an end that cannot wait. */
  void killChildren() {
    var running = database;
    if (running != null) {
      running.kill();
    }
  }

  private String startKafka() {
    if (options.kafka() != null) {
      return options.kafka();
    }
    return parts
        .add(Part.KAFKA, EmbeddedKafka.start(folder.resolve("kafka"), 0))
        .bootstrapServers();
  }

  private DatabaseAddress startDatabase() {
    if (options.mysql() != null) {
      return DatabaseAddress.outside(options.mysql(), environment);
    }
    var started = parts.add(Part.DATABASE, EmbeddedMariaDb.start(folder.resolve("mariadb"), 0));
    database = started;
    return DatabaseAddress.of(started);
  }

  private String[] apiSettings(String bootstrapServers, DatabaseAddress address, Secrets secrets) {
    var settings = new ArrayList<>(commonSettings(bootstrapServers, address));
    settings.addAll(address.hibernateSettings());
    settings.addAll(
        List.of(
            "--server.address=127.0.0.1",
            "--server.port=" + ports.pages(),
            "--management.server.address=127.0.0.1",
            "--management.server.port=" + ports.management(),
            "--firstcome.request-id.keys.1=" + secrets.requestIdKey(),
            "--firstcome.request-id.active=1",
            "--firstcome.admin.password-hash=" + secrets.adminPasswordHash(),
            "--firstcome.bulk.enabled=true",
            "--firstcome.time-zone=" + options.schedule().timeZone(),
            "--firstcome.batch.schedule=" + options.schedule().cron(),
            "--firstcome.alerts.link=http://localhost:" + ports.pages(),
            "--firstcome.lanes.coupons.partitions=4"));
    return settings.toArray(String[]::new);
  }

  private static String[] consumerSettings(String bootstrapServers, DatabaseAddress address) {
    var settings = new ArrayList<>(commonSettings(bootstrapServers, address));
    settings.addAll(
        List.of(
            "--spring.main.web-application-type=none",
            "--firstcome.consumer.threads=2",
            // After a kill -9 the new process waits for the old one's session to end.
            "--spring.kafka.consumer.properties.session.timeout.ms=4000",
            "--spring.kafka.consumer.properties.heartbeat.interval.ms=1000"));
    return settings.toArray(String[]::new);
  }

  private String[] batchSettings(String bootstrapServers, DatabaseAddress address) {
    var settings = new ArrayList<>(commonSettings(bootstrapServers, address));
    settings.add("--firstcome.time-zone=" + options.schedule().timeZone());
    // One core is left to those who take part.
    settings.add("--firstcome.batch.threads=2");
    return settings.toArray(String[]::new);
  }

  private static List<String> commonSettings(String bootstrapServers, DatabaseAddress address) {
    var settings = new ArrayList<String>();
    settings.add("--spring.main.banner-mode=off");
    settings.add("--spring.main.log-startup-info=false");
    settings.add("--spring.kafka.bootstrap-servers=" + bootstrapServers);
    // The whole stop has ten seconds.
    settings.add("--spring.lifecycle.timeout-per-shutdown-phase=2s");
    settings.addAll(address.settings());
    return settings;
  }

  private static void onThreadOfItsOwn(Runnable task) {
    Thread.ofPlatform().name("kafka-start").start(task);
  }

  private static String join(CompletableFuture<String> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
