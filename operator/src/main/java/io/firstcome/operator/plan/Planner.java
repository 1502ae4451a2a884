package io.firstcome.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignObjects;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.settings.OperatorSettings;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides what a pass does. A pure function of the resource, the settings and what was seen. */
public final class Planner {
  private final OperatorSettings settings;
  private final ZoneId zone;
  private final DesiredChildren children;

  public Planner(OperatorSettings settings, ZoneId zone) {
    this.settings = settings;
    this.zone = zone;
    this.children = new DesiredChildren(settings);
  }

  /** The plan for a resource that is not being deleted. */
  public Plan plan(Campaign campaign, Seen seen) {
    var spec = campaign.getSpec();
    if (spec == null || spec.unreadable() != null) {
      return unreadable(spec == null ? "spec is missing" : spec.unreadable());
    }
    var topic = TopicPlan.of(campaign, seen, settings.topicRetention());
    var registration = RegistrationPlan.of(campaign, seen, topic.usable(), zone);
    var verdicts = new EnumMap<Part, Verdict>(Part.class);
    verdicts.put(Part.TOPIC, topic.verdict());
    verdicts.put(Part.REGISTRATION, registration.verdict());
    var objects = new ArrayList<HasMetadata>();
    verdicts.put(Part.CONSUMERS, consumers(campaign, seen, topic.usable(), objects));
    verdicts.put(Part.BATCH, batch(campaign, seen, objects));
    return new Plan(
        topic.step(),
        ours(campaign, seen, topic.usable()),
        registration.wanted(),
        objects,
        verdicts);
  }

  /** What is found under the name is only remembered once the api has registered it. */
  private static CampaignStatus.@Nullable Topic ours(
      Campaign campaign, Seen seen, CampaignStatus.@Nullable Topic topic) {
    return topic != null && TopicPlan.isOurs(campaign, seen, topic.id()) ? topic : null;
  }

  private static Plan unreadable(@Nullable String why) {
    var verdicts = new EnumMap<Part, Verdict>(Part.class);
    for (var part : Part.values()) {
      verdicts.put(part, Verdict.unknown(Reason.SPEC_INVALID, ""));
    }
    verdicts.put(
        Part.REGISTRATION, Verdict.stalled(Reason.SPEC_INVALID, "It cannot be read: " + why));
    return new Plan(new TopicStep.Nothing(), null, null, List.of(), verdicts);
  }

  private Verdict consumers(
      Campaign campaign,
      Seen seen,
      CampaignStatus.@Nullable Topic topic,
      List<HasMetadata> objects) {
    if (campaign.getSpec().lane() != null) {
      return Verdict.good(Reason.ON_LANE);
    }
    var deployment = seen.children().deployment();
    // One that is there is never taken away because somebody else does not answer.
    if (deployment == null && (topic == null || !isRegistered(campaign, seen))) {
      return Verdict.unknown(Reason.WAITING_FOR_TOPIC, "");
    }
    if (seen.children().foreign().contains("Deployment")) {
      return taken("Deployment", CampaignObjects.consumerName(campaign));
    }
    var refused = seen.refused().get(Part.CONSUMERS);
    if (refused != null) {
      return refused;
    }
    objects.add(children.deployment(campaign));
    if (seen.children().foreign().contains("PodDisruptionBudget")) {
      return taken("PodDisruptionBudget", CampaignObjects.consumerName(campaign));
    }
    objects.add(children.disruptionBudget(campaign));
    int replicas = Objects.requireNonNull(campaign.getSpec().ownConsumer().replicas());
    return ConsumersVerdict.of(deployment, replicas, seen.children().waiting());
  }

  private Verdict batch(Campaign campaign, Seen seen, List<HasMetadata> objects) {
    if (RegistrationPlan.isSomebodyElses(campaign, seen.registration())) {
      return Verdict.unknown(Reason.NAME_TAKEN, "");
    }
    if (seen.children().foreign().contains("CronJob")) {
      return taken("CronJob", CampaignObjects.cronJobName(campaign));
    }
    var refused = seen.refused().get(Part.BATCH);
    if (refused != null) {
      return refused;
    }
    var inForce = RegistrationPlan.zone(campaign, seen, zone);
    objects.add(children.cronJob(campaign, inForce));
    var otherZone =
        isRegistered(campaign, seen) ? RegistrationPlan.otherZone(campaign, inForce, zone) : "";
    var spec = campaign.getSpec();
    if (spec.paused()) {
      return Verdict.good(Reason.PAUSED, otherZone);
    }
    return Verdict.good(spec.batch().suspend() ? Reason.SUSPENDED : Reason.PROVISIONED, otherZone);
  }

  private static Verdict taken(String kind, String name) {
    return Verdict.stalled(Reason.CHILD_TAKEN, "Rename or delete the %s %s.".formatted(kind, name));
  }

  private static boolean isRegistered(Campaign campaign, Seen seen) {
    return switch (seen.registration()) {
      case ApiAnswer.Found(var there) -> there.id() > 0;
      case ApiAnswer.Away _ ->
          campaign.getStatus() != null && campaign.getStatus().campaignId() != null;
      case ApiAnswer.Missing _, ApiAnswer.Refused _ -> false;
    };
  }
}
