package io.firstcome.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firstcome.operator.act.Actuator;
import io.firstcome.operator.act.Removal;
import io.firstcome.operator.observe.Observer;
import io.firstcome.operator.plan.Planner;
import io.firstcome.operator.plan.TestSettings;
import io.firstcome.operator.registration.Registrations;
import io.firstcome.operator.status.EventWriter;
import io.firstcome.operator.status.Pace;
import io.firstcome.operator.topic.KafkaTopics;
import io.firstcome.operator.verdict.Part;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/** The operator in this process, with the clock of production but less patience. */
final class TestOperator implements AutoCloseable {
  private final CampaignOperator operator;
  private final KafkaTopics topics;
  private final KubernetesClient client = KubeTests.client();
  final MeterRegistry registry = new SimpleMeterRegistry();

  TestOperator(FakeApi api, String bootstrapServers, Set<String> namespaces) {
    var settings = TestSettings.of(api.address(), namespaces);
    topics = new KafkaTopics(Map.of("bootstrap.servers", bootstrapServers), Duration.ofSeconds(3));
    var registrations = new Registrations(api.address(), FakeApi.TOKEN, Duration.ofSeconds(3));
    var sweep = new Sweep(client, registrations, settings.namespaces());
    var phases =
        new CampaignReconciler.Phases(
            new Observer(topics, registrations),
            new Planner(settings, ZoneId.of("Asia/Seoul")),
            new Actuator(topics, registrations),
            new Removal(topics, registrations),
            sweep);
    var refusals =
        new Refusals(
            Map.of(
                Part.TOPIC, Duration.ofSeconds(2),
                Part.REGISTRATION, Duration.ofMillis(500),
                Part.CONSUMERS, Duration.ofSeconds(2),
                Part.BATCH, Duration.ofSeconds(2)));
    var clock = Clock.systemUTC();
    var reconciler =
        new CampaignReconciler(
            phases,
            new CampaignReconciler.Memory(refusals, new CampaignGauge(registry)),
            new EventWriter(client, clock),
            new Pace(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(1)),
            clock);
    operator = new CampaignOperator(client, reconciler, sweep, Metrics.NOOP, settings);
    operator.start();
  }

  boolean isHealthy() {
    return operator.health().getStatus().getCode().equals("UP");
  }

  @Override
  public void close() {
    operator.stop();
    topics.close();
    client.close();
  }
}
