package io.firstcome.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignObjects;
import io.firstcome.operator.crd.CampaignSpec;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registrations;
import io.firstcome.operator.topic.KafkaTopics;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Verdict;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a campaign consists of. */
public final class Observer {
  private final KafkaTopics topics;
  private final Registrations registrations;

  public Observer(KafkaTopics topics, Registrations registrations) {
    this.topics = topics;
    this.registrations = registrations;
  }

  /**
   * Looks.
   *
   * @param refused what is not to be tried again yet
   * @param settings what the topic is not to be set to again yet
   */
  public Seen observe(
      Campaign campaign,
      Context<Campaign> context,
      Map<Part, Verdict> refused,
      Map<String, String> settings) {
    var registration = registrations.get(campaign.name());
    return new Seen(
        topic(campaign, registration),
        registration,
        olderCampaign(campaign, context.getPrimaryCache().list(_ -> true)),
        children(campaign, context),
        refused,
        settings);
  }

  private @Nullable TopicSeen topic(Campaign campaign, ApiAnswer registration) {
    var spec = campaign.getSpec();
    if (!isReadable(spec) || spec.lane() != null) {
      return null;
    }
    return topics.look(spec.topicName(campaign.name()), isExpected(campaign, registration));
  }

  private static boolean isExpected(Campaign campaign, ApiAnswer registration) {
    CampaignStatus status = campaign.getStatus();
    return (status != null && status.topic() != null)
        || (registration instanceof ApiAnswer.Found(var there) && there.topic() != null);
  }

  /** The Campaign that has had this one's topic for longer, if there is one. */
  static @Nullable String olderCampaign(Campaign campaign, Stream<Campaign> all) {
    if (!isReadable(campaign.getSpec()) || campaign.getSpec().lane() != null) {
      return null;
    }
    var topic = campaign.getSpec().topicName(campaign.name());
    return all.filter(other -> isReadable(other.getSpec()) && other.getSpec().lane() == null)
        .filter(other -> other.getSpec().topicName(other.name()).equals(topic))
        .min(
            Comparator.<Campaign, String>comparing(one -> one.getMetadata().getCreationTimestamp())
                .thenComparing(Campaign::path))
        .map(Campaign::path)
        .filter(oldest -> !oldest.equals(campaign.path()))
        .orElse(null);
  }

  private static boolean isReadable(@Nullable CampaignSpec spec) {
    return spec != null && spec.unreadable() == null;
  }

  private static Seen.Children children(Campaign campaign, Context<Campaign> context) {
    var client = context.getClient();
    var foreign = new HashSet<String>();
    var consumers = CampaignObjects.consumerName(campaign);
    var deployment = cached(context, Deployment.class, consumers);
    var cronJob = cached(context, CronJob.class, CampaignObjects.cronJobName(campaign));
    if (deployment == null) {
      deployment = stored(client, Deployment.class, campaign, consumers, foreign);
    }
    if (cronJob == null) {
      cronJob =
          stored(client, CronJob.class, campaign, CampaignObjects.cronJobName(campaign), foreign);
    }
    if (cached(context, PodDisruptionBudget.class, consumers) == null) {
      var _ = stored(client, PodDisruptionBudget.class, campaign, consumers, foreign);
    }
    return new Seen.Children(deployment, cronJob, waiting(client, campaign, deployment), foreign);
  }

  private static <R extends HasMetadata> @Nullable R cached(
      Context<Campaign> context, Class<R> type, String name) {
    return context
        .getSecondaryResourcesAsStream(type)
        .filter(one -> one.getMetadata().getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** One that is not among ours: it has lost our label, or it never was ours. */
  private static <R extends HasMetadata> @Nullable R stored(
      KubernetesClient client, Class<R> type, Campaign campaign, String name, Set<String> foreign) {
    var found =
        client
            .resources(type)
            .inNamespace(campaign.getMetadata().getNamespace())
            .withName(name)
            .get();
    if (found == null || CampaignObjects.isOurs(found, campaign)) {
      return found;
    }
    foreign.add(HasMetadata.getKind(type));
    return null;
  }

  /** Asked only while not all consumers are ready. */
  private static Seen.@Nullable Waiting waiting(
      KubernetesClient client, Campaign campaign, @Nullable Deployment deployment) {
    if (deployment == null || deployment.getStatus() == null) {
      return null;
    }
    var unavailable = deployment.getStatus().getUnavailableReplicas();
    if (unavailable == null || unavailable == 0) {
      return null;
    }
    return client
        .pods()
        .inNamespace(campaign.getMetadata().getNamespace())
        .withLabels(CampaignObjects.consumerSelector(campaign))
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getName()))
        .flatMap(Observer::waiting)
        .findFirst()
        .orElse(null);
  }

  private static Stream<Seen.Waiting> waiting(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
        .map(status -> status.getState().getWaiting())
        .filter(waiting -> waiting.getReason() != null)
        // Every pod waits so for a moment.
        .filter(waiting -> !waiting.getReason().equals("ContainerCreating"))
        .map(waiting ->
            new Seen.Waiting(
                waiting.getReason(), Objects.requireNonNullElse(waiting.getMessage(), "")));
  }
}
