package io.firstcome.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.settings.OperatorSettings;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** The SDK's operator as a part of the application: it starts, stops and is healthy with it. */
final class CampaignOperator implements SmartLifecycle, HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignOperator.class);
  private static final Duration RETRY_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(2);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final Duration FINISH = Duration.ofSeconds(10);

  private final Operator operator;
  private final Sweep sweep;
  private final ScheduledExecutorService sweeper;
  private final @Nullable String lease;
  private volatile boolean stopping;
  private volatile boolean running;

  CampaignOperator(
      KubernetesClient client,
      CampaignReconciler reconciler,
      Sweep sweep,
      Metrics metrics,
      OperatorSettings settings) {
    this.sweep = sweep;
    this.lease = settings.lease();
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweep").factory());
    this.operator =
        new Operator(configuration -> {
          configuration
              .withKubernetesClient(client)
              .withCloseClientOnStop(false)
              .withMetrics(metrics)
              .withReconciliationTerminationTimeout(FINISH);
          electLeader(configuration, client);
        });
    operator.register(
        reconciler,
        configuration ->
            configuration
                .settingNamespaces(settings.namespaces())
                .withRetry(
                    GenericRetry.defaultLimitedExponentialRetry()
                        .withoutMaxAttempts()
                        .setMaxInterval(RETRY_MAX.toMillis()))
                .withReconciliationMaxInterval(LOOK_AGAIN)
                .withOnUpdateFilter(CampaignOperator::isWorthAPass));
  }

  /** Everything but the status, which only we write. */
  private static boolean isWorthAPass(Campaign now, Campaign before) {
    var meta = now.getMetadata();
    var old = before.getMetadata();
    return !Objects.equals(meta.getGeneration(), old.getGeneration())
        || !Objects.equals(meta.getUid(), old.getUid())
        || !Objects.equals(meta.getAnnotations(), old.getAnnotations())
        || !Objects.equals(meta.getDeletionTimestamp(), old.getDeletionTimestamp());
  }

  private void electLeader(ConfigurationServiceOverrider configuration, KubernetesClient client) {
    if (lease != null) {
      configuration.withLeaderElectionConfiguration(leaderElection(lease, client));
    }
  }

  private LeaderElectionConfiguration leaderElection(String name, KubernetesClient client) {
    var namespace =
        Objects.requireNonNullElse(System.getenv("POD_NAMESPACE"), client.getNamespace());
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(name)
        .withLeaseNamespace(namespace)
        // The SDK would end the process inside of Spring's own shutdown, and wait for itself.
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                this::startSweeping, this::stopLeading, leader -> LOG.info("{} leads.", leader)))
        .build();
  }

  /** Whoever has lost the lease must not go on: another one works already. */
  private void stopLeading() {
    if (!stopping) {
      LOG.error("The lease {} is lost; the process ends.", lease);
      Thread.ofPlatform().name("lease-lost").start(() -> System.exit(1));
    }
  }

  private void startSweeping() {
    var _ =
        sweeper.scheduleWithFixedDelay(
            this::sweepOnce, 0, SWEEP_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private void sweepOnce() {
    try {
      sweep.run();
    } catch (RuntimeException e) {
      LOG.error("Campaigns whose resource is gone were not looked for.", e);
    }
  }

  @Override
  public void start() {
    operator.start();
    running = true;
    if (lease == null) {
      startSweeping();
    }
  }

  @Override
  public void stop() {
    stopping = true;
    sweeper.shutdownNow();
    operator.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public Health health() {
    if (!running) {
      return Health.down().withDetail("started", false).build();
    }
    var runtime = operator.getRuntimeInfo();
    boolean healthy = runtime.isStarted() && runtime.allEventSourcesAreHealthy();
    return (healthy ? Health.up() : Health.down())
        .withDetail("started", runtime.isStarted())
        .withDetail("unhealthy", runtime.unhealthyEventSources().keySet())
        .build();
  }
}
