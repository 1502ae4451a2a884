package io.firstcome.operator.act;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firstcome.core.log.TopicName;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignObjects;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registrations;
import io.firstcome.operator.topic.KafkaTopics;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a campaign has outside of Kubernetes, for resources that ask for that: the consumers
 * first, so that nobody reads a topic that goes, then rows and topic. Each step may be repeated, so
 * a pass begins at the first one and comes as far as it can.
 */
public final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

  private final KafkaTopics topics;
  private final Registrations registrations;

  public Removal(KafkaTopics topics, Registrations registrations) {
    this.topics = topics;
    this.registrations = registrations;
  }

  /** What a removal waits for. */
  public record Blocked(Part part, Verdict verdict) {}

  /**
   * Goes on with the removal.
   *
   * @param topicIsShared whether another Campaign names the same topic
   * @return what it waits for, or empty if nothing is left
   */
  public Optional<Blocked> remove(
      Campaign campaign, KubernetesClient client, boolean topicIsShared) {
    if (isForced(campaign)) {
      giveUp(campaign);
      return Optional.empty();
    }
    return consumersGone(campaign, client)
        .or(() -> rowsGone(campaign))
        .or(() -> topicGone(campaign, topicIsShared));
  }

  /** Whether a person has asked not to wait for anybody. */
  public static boolean isForced(Campaign campaign) {
    var annotations = campaign.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(Campaign.FORCE_DELETE));
  }

  /** The door is shut if the api can be reached; the sweep sees to it if not. */
  private void giveUp(Campaign campaign) {
    LOG.warn("{} is deleted by force: topic and history stay.", campaign.path());
    registrations.release(campaign.name(), campaign.getMetadata().getNamespace());
  }

  private static Optional<Blocked> consumersGone(Campaign campaign, KubernetesClient client) {
    var consumers = CampaignObjects.consumerName(campaign);
    delete(client, campaign, Deployment.class, consumers);
    delete(client, campaign, PodDisruptionBudget.class, consumers);
    delete(client, campaign, CronJob.class, CampaignObjects.cronJobName(campaign));
    int pods =
        client
            .pods()
            .inNamespace(campaign.getMetadata().getNamespace())
            .withLabels(CampaignObjects.consumerSelector(campaign))
            .list()
            .getItems()
            .size();
    return pods == 0
        ? Optional.empty()
        : blocked(Part.CONSUMERS, Reason.DELETING, "Consumers that still run: " + pods + ".");
  }

  private static <R extends HasMetadata> void delete(
      KubernetesClient client, Campaign campaign, Class<R> type, String name) {
    var resource =
        client.resources(type).inNamespace(campaign.getMetadata().getNamespace()).withName(name);
    var found = resource.get();
    if (found != null && CampaignObjects.isOurs(found, campaign)) {
      resource.delete();
    }
  }

  private Optional<Blocked> rowsGone(Campaign campaign) {
    return switch (registrations.delete(campaign.name(), campaign.getMetadata().getNamespace())) {
      case ApiAnswer.Missing _, ApiAnswer.Found _ -> Optional.empty();
      case ApiAnswer.Refused(var code, var detail) when code.equals("CHANGE_REFUSED") ->
          Optional.of(new Blocked(Part.TOPIC, Verdict.stalled(Reason.KAFKA_REFUSED, detail)));
      case ApiAnswer.Refused(var _, var detail) ->
          Optional.of(new Blocked(Part.REGISTRATION, Verdict.stalled(Reason.SPEC_INVALID, detail)));
      case ApiAnswer.Away(var why) ->
          why.contains("LOG_UNAVAILABLE")
              ? blocked(Part.TOPIC, Reason.KAFKA_UNREACHABLE, force())
              : blocked(Part.REGISTRATION, Reason.API_UNREACHABLE, "(" + why + ") " + force());
    };
  }

  /** The api has deleted the topic of its row; here is about one that it has none for. */
  private Optional<Blocked> topicGone(Campaign campaign, boolean topicIsShared) {
    var spec = campaign.getSpec();
    if (spec == null || spec.unreadable() != null || spec.lane() != null) {
      return Optional.empty();
    }
    return switch (registrations.get(campaign.name())) {
      // Somebody else has the name, and maybe the topic with it.
      case ApiAnswer.Found _ -> Optional.empty();
      case ApiAnswer.Away(var why) ->
          blocked(Part.REGISTRATION, Reason.API_UNREACHABLE, "(" + why + ") " + force());
      case ApiAnswer.Missing _, ApiAnswer.Refused _ ->
          unregisteredTopicGone(campaign, spec.topicName(campaign.name()), topicIsShared);
    };
  }

  private Optional<Blocked> unregisteredTopicGone(
      Campaign campaign, String name, boolean topicIsShared) {
    var status = campaign.getStatus();
    var known = status == null ? null : status.topic();
    if (known != null && known.id() != null && name.equals(known.name())) {
      return deleted(topics.delete(known.id()));
    }
    // Under a name that was chosen there may be anybody's.
    if (topicIsShared || !name.equals(TopicName.ofCampaign(campaign.name()))) {
      return Optional.empty();
    }
    // A crash may have come between the topic and the status that names it.
    return switch (topics.look(name, false)) {
      case TopicSeen.Present present when present.untouched() ->
          deleted(topics.delete(present.id()));
      case TopicSeen.Present _, TopicSeen.Absent _, TopicSeen.Denied _ -> Optional.empty();
      case TopicSeen.Away _ -> blocked(Part.TOPIC, Reason.KAFKA_UNREACHABLE, force());
    };
  }

  private static Optional<Blocked> deleted(TopicAnswer answer) {
    return switch (answer) {
      case TopicAnswer.Done _, TopicAnswer.Overtaken _ -> Optional.empty();
      case TopicAnswer.Away _ -> blocked(Part.TOPIC, Reason.KAFKA_UNREACHABLE, force());
      case TopicAnswer.Refused(var why) ->
          Optional.of(new Blocked(Part.TOPIC, Verdict.stalled(Reason.KAFKA_REFUSED, why)));
    };
  }

  private static Optional<Blocked> blocked(Part part, Reason reason, String detail) {
    return Optional.of(new Blocked(part, Verdict.unknown(reason, Objects.requireNonNull(detail))));
  }

  private static String force() {
    return "The deletion waits; to leave topic and history behind, annotate the Campaign with "
        + Campaign.FORCE_DELETE
        + "=true.";
  }
}
