package io.firstcome.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firstcome.operator.act.Actuator;
import io.firstcome.operator.act.Removal;
import io.firstcome.operator.observe.Observer;
import io.firstcome.operator.plan.Planner;
import io.firstcome.operator.registration.Registrations;
import io.firstcome.operator.settings.OperatorSettings;
import io.firstcome.operator.settings.TimeZoneSettings;
import io.firstcome.operator.status.EventWriter;
import io.firstcome.operator.status.Pace;
import io.firstcome.operator.topic.KafkaTopics;
import io.firstcome.operator.verdict.Part;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {
  /** What one question to Kafka or the api may take. A pass asks a handful. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration KAFKA_REFUSED = Duration.ofMinutes(5);
  private static final Duration API_REFUSED = Duration.ofMinutes(1);
  private static final Duration KUBERNETES_REFUSED = Duration.ofMinutes(5);

  @Bean
  KubernetesClient kubernetesClient() {
    return new KubernetesClientBuilder().build();
  }

  @Bean
  KafkaTopics kafkaTopics(KafkaProperties kafka) {
    return new KafkaTopics(kafka.buildAdminProperties(), PATIENCE);
  }

  @Bean
  Registrations registrations(OperatorSettings settings) {
    var token = settings.token();
    if (token == null || token.isBlank()) {
      throw new IllegalArgumentException(
          "firstcome.operator.token is missing: the api knows this operator by it");
    }
    return new Registrations(settings.api(), token, PATIENCE);
  }

  @Bean
  Sweep sweep(KubernetesClient client, Registrations registrations, OperatorSettings settings) {
    return new Sweep(client, registrations, settings.namespaces());
  }

  @Bean
  CampaignReconciler.Phases phases(
      KafkaTopics topics,
      Registrations registrations,
      Sweep sweep,
      OperatorSettings settings,
      TimeZoneSettings zone) {
    return new CampaignReconciler.Phases(
        new Observer(topics, registrations),
        new Planner(settings, zone.timeZone()),
        new Actuator(topics, registrations),
        new Removal(topics, registrations),
        sweep);
  }

  @Bean
  CampaignReconciler reconciler(
      CampaignReconciler.Phases phases, KubernetesClient client, MeterRegistry registry) {
    var clock = Clock.systemUTC();
    var refusals =
        new Refusals(
            Map.of(
                Part.TOPIC, KAFKA_REFUSED,
                Part.REGISTRATION, API_REFUSED,
                Part.CONSUMERS, KUBERNETES_REFUSED,
                Part.BATCH, KUBERNETES_REFUSED));
    var memory = new CampaignReconciler.Memory(refusals, new CampaignGauge(registry));
    return new CampaignReconciler(
        phases, memory, new EventWriter(client, clock), Pace.DEFAULT, clock);
  }

  @Bean
  CampaignOperator campaignOperator(
      KubernetesClient client,
      CampaignReconciler reconciler,
      Sweep sweep,
      MeterRegistry registry,
      OperatorSettings settings) {
    return new CampaignOperator(
        client, reconciler, sweep, MicrometerMetrics.withoutPerResourceMetrics(registry), settings);
  }
}
