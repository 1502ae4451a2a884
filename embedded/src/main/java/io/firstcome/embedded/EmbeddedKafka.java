package io.firstcome.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker (KRaft, broker and controller in one) in this process, reachable from this machine
 * only. What was acknowledged is there again after a restart, also one on another port.
 *
 * <p>Acknowledged means written to the operating system: a crash of the process loses nothing, a
 * crash of the machine may. That is what replicas are for, and one broker has none.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

  private static final int NODE_ID = 1;
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @param dataDir made if it is missing; must not be used by another broker, see {@link
   *     DataFolder}
   * @param port of the loopback address; 0 for any that is free
   * @throws EmbeddedServerException if it does not start
   */
  public static EmbeddedKafka start(Path dataDir, int port) {
    var address = "127.0.0.1:" + (port == 0 ? FreePorts.next() : port);
    var directory = dataDir.toAbsolutePath().toString();
    KafkaRaftServer server = null;
    try {
      format(dataDir);
      var settings = settings(directory, address, "127.0.0.1:" + FreePorts.next());
      server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, address);
    } catch (Exception e) {
      if (server != null) {
        // Its threads are no daemons: without this the process would never end.
        stop(server);
      }
      throw new EmbeddedServerException("The Kafka broker did not start: " + e.getMessage(), e);
    }
  }

  /** Host and port for the setting {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker; gives up after five seconds, because the log on disk is safe anyway. */
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(KafkaRaftServer server) {
    var stopper = Thread.ofPlatform().daemon().name("kafka-stop").start(server::shutdown);
    try {
      if (!stopper.join(STOP_MAX)) {
        log.warn(
            "The Kafka broker has not stopped within {} s, going on without it",
            STOP_MAX.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void format(Path dataDir) throws Exception {
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(dataDir);
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE_ID)
        .setDirectories(List.of(dataDir.toAbsolutePath().toString()))
        .setMetadataLogDirectory(dataDir.toAbsolutePath().toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setPrintStream(silent())
        .run();
  }

  private static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
  }

  private static Map<String, String> settings(
      String directory, String address, String controllerAddress) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", directory);
    settings.put("listeners", "BROKER://%s,CONTROLLER://%s".formatted(address, controllerAddress));
    settings.put("advertised.listeners", "BROKER://" + address);
    settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "BROKER");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE_ID + "@" + controllerAddress);
    settings.put("auto.create.topics.enable", "false");

    // After kill -9 the broker waits for its own former registration to expire, so not the default
    // nine seconds; with much less than three a busy machine would expire a living broker.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");

    // One broker: nothing can be replicated, and few partitions start faster.
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");

    // A single consumer should not wait for others, and tests may lose one quickly.
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("group.consumer.min.session.timeout.ms", "1000");
    settings.put("group.consumer.min.heartbeat.interval.ms", "200");

    settings.put("log.retention.hours", "168");
    settings.put("num.io.threads", "4");
    settings.put("num.network.threads", "2");
    // The default takes 128 MiB of the heap at once.
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    return settings;
  }
}
