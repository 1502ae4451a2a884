package io.firstcome.api.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firstcome.api.audit.AuditLog;
import io.firstcome.api.batch.BatchLauncher;
import io.firstcome.api.batch.BatchRuns;
import io.firstcome.api.campaign.CampaignWork;
import io.firstcome.api.campaign.CampaignWorkHere;
import io.firstcome.api.campaign.Registrations;
import io.firstcome.api.campaign.TimeZoneSettings;
import io.firstcome.api.campaign.TopicSettings;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClusterSettings.class)
@ConditionalOnProperty("firstcome.cluster.namespace")
class ClusterConfiguration {
  /** Milliseconds. A person waits for the answer. */
  private static final int CONNECT_TIMEOUT = 3_000;

  /** Milliseconds. */
  private static final int REQUEST_TIMEOUT = 8_000;

  /** Reaches the API server by what the pod has been given, or by a kubeconfig. */
  @Bean
  KubernetesClient kubernetesClient() {
    var config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withConnectionTimeout(CONNECT_TIMEOUT)
            .withRequestTimeout(REQUEST_TIMEOUT)
            // A creation whose answer was lost, sent again, would find itself and say "exists".
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Bean
  CampaignResources campaignResources(KubernetesClient kubernetes) {
    return new CampaignResources(kubernetes);
  }

  @Bean
  AdministratorActs administratorActs(AuditLog audit, TransactionOperations transactions) {
    return new AdministratorActs(audit, transactions);
  }

  @Bean
  @Primary
  CampaignWork campaignWorkInCluster(
      CampaignResources resources,
      CampaignWorkHere here,
      Registrations registrations,
      AdministratorActs acts,
      CampaignSpecs campaignSpecs) {
    return new CampaignWorkInCluster(resources, here, registrations, acts, campaignSpecs);
  }

  @Bean
  CampaignSpecs campaignSpecs(
      ClusterSettings settings, TimeZoneSettings platform, TopicSettings topics) {
    return new CampaignSpecs(
        Objects.requireNonNull(settings.namespace()), platform.timeZone(), topics);
  }

  @Bean
  @ConditionalOnProperty("firstcome.cluster.batch-cron-job")
  BatchLauncher batchLauncher(
      KubernetesClient kubernetes, ClusterSettings settings, BatchRuns runs) {
    return new JobLauncher(
        new BatchJobs(
            kubernetes,
            Objects.requireNonNull(settings.namespace()),
            Objects.requireNonNull(settings.batchCronJob())),
        runs);
  }
}
