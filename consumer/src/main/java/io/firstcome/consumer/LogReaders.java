package io.firstcome.consumer;

import io.firstcome.consumer.LogReader.Decider;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** The readers of this process: starts them with the application and stops them with it. */
@Component("consumer")
final class LogReaders implements SmartLifecycle, HealthIndicator {
  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(6);
  private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(1);

  private final ConsumerSettings settings;
  private final Kafka kafka;
  private final DataSource dataSource;
  private final MeterRegistry registry;
  private final ApplicationEventPublisher events;
  private final List<LogReader> readers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<AutoCloseable> closeables = new ArrayList<>();

  /** How Spring Boot was told to reach Kafka, certificates included. */
  @Component
  record Kafka(ConsumerFactory<?, ?> consumers, KafkaAdmin admin) {}

  LogReaders(
      ConsumerSettings settings,
      Kafka kafka,
      DataSource dataSource,
      MeterRegistry registry,
      ApplicationEventPublisher events) {
    this.events = events;
    this.settings = settings;
    this.kafka = kafka;
    this.dataSource = dataSource;
    this.registry = registry;
    Gauge.builder("firstcome.partitions.halted", this, LogReaders::haltedCount)
        .description("Partitions that stand still until a person has looked")
        .register(registry);
  }

  @Override
  public synchronized void start() {
    var admin = Admin.create(kafka.admin().getConfigurationProperties());
    closeables.add(() -> admin.close(CLOSE_TIME_MAX));
    ScheduledExecutorService alarms =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    closeables.add(alarms::shutdownNow);
    var metrics = new ConsumerMetrics(registry);
    var writer = new BatchWriter(dataSource, alarms, settings.transactionDeadline(), metrics);
    for (int i = 0; i < settings.threads(); i++) {
      var decider = new Decider(new Claims(dataSource, ownerName(i)), writer, metrics);
      var consumer = new KafkaConsumer<byte[], byte[]>(consumerProperties());
      var clientMetrics = new KafkaClientMetrics(consumer);
      clientMetrics.bindTo(registry);
      closeables.add(clientMetrics);
      var reader =
          new LogReader(consumer, new TopicIds(admin), decider, settings, this::aReaderHasDied);
      readers.add(reader);
      threads.add(Thread.ofPlatform().name("log-reader-" + i).start(reader));
    }
  }

  /** For the kubelet: only a new process brings the reader back. */
  private void aReaderHasDied() {
    AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
  }

  private Map<String, Object> consumerProperties() {
    var properties = new HashMap<>(kafka.consumers().getConfigurationProperties());
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
    // The two that correctness rests on: offsets come from the database, and nothing is skipped.
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return properties;
  }

  private String ownerName(int index) {
    var owner = hostName() + "/" + ManagementFactory.getRuntimeMXBean().getPid() + "/" + index;
    return owner.substring(Math.max(0, owner.length() - 64));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }

  @Override
  public synchronized void stop() {
    readers.forEach(LogReader::stop);
    try {
      long end = System.nanoTime() + STOP_TIME_MAX.toNanos();
      for (var thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
      for (var closeable : closeables) {
        closeable.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the readers did not close cleanly", e);
    } finally {
      readers.clear();
      threads.clear();
      closeables.clear();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return !readers.isEmpty();
  }

  private synchronized int haltedCount() {
    return readers.stream().mapToInt(reader -> reader.halted().size()).sum();
  }

  /**
   * DOWN if a reader has died, a partition is halted, or Kafka cannot be read: each needs a person
   * or a restart.
   */
  @Override
  public synchronized Health health() {
    var halted = new TreeMap<String, String>();
    readers.forEach(reader -> halted.putAll(reader.halted()));
    long dead = readers.stream().filter(reader -> reader.failure().isPresent()).count();
    var failures = readers.stream().flatMap(reader -> reader.pollFailure().stream()).toList();
    boolean well = dead == 0 && halted.isEmpty() && failures.isEmpty();
    return (well ? Health.up() : Health.down())
        .withDetail("readers", readers.size())
        .withDetail("deadReaders", dead)
        .withDetail("haltedPartitions", halted)
        .withDetail("kafkaFailures", failures)
        .build();
  }
}
