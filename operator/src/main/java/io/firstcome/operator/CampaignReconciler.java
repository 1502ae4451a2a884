package io.firstcome.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firstcome.operator.act.Actuator;
import io.firstcome.operator.act.Done;
import io.firstcome.operator.act.Removal;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignObjects;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Phase;
import io.firstcome.operator.observe.Observer;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.plan.Plan;
import io.firstcome.operator.plan.Planner;
import io.firstcome.operator.plan.TopicStep;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.status.EventWriter;
import io.firstcome.operator.status.Happening;
import io.firstcome.operator.status.Outcome;
import io.firstcome.operator.status.Pace;
import io.firstcome.operator.status.StatusRule;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Conditions;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Orders the phases of a pass: observe, plan, act, and one status. */
@ControllerConfiguration(
    name = "campaign",
    fieldManager = CampaignObjects.MANAGED_BY,
    // With it, a resource that is being deleted comes here too, with a finalizer or without.
    triggerReconcilerOnAllEvents = true,
    // The filter that is configured at the start sees annotations too, and not our own status.
    generationAwareEventProcessing = false)
final class CampaignReconciler implements Reconciler<Campaign> {
  private final Observer observer;
  private final Planner planner;
  private final Actuator actuator;
  private final Removal removal;
  private final Sweep sweep;
  private final EventWriter events;
  private final Refusals refusals;
  private final CampaignGauge gauge;
  private final StatusRule statusRule;
  private final Pace pace;
  private final Clock clock;

  CampaignReconciler(Phases phases, Memory memory, EventWriter events, Pace pace, Clock clock) {
    this.observer = phases.observer();
    this.planner = phases.planner();
    this.actuator = phases.actuator();
    this.removal = phases.removal();
    this.sweep = phases.sweep();
    this.refusals = memory.refusals();
    this.gauge = memory.gauge();
    this.events = events;
    this.statusRule = new StatusRule(pace.sample());
    this.pace = pace;
    this.clock = clock;
  }

  /** What a pass consists of. */
  record Phases(
      Observer observer, Planner planner, Actuator actuator, Removal removal, Sweep sweep) {}

  /** What is kept between passes. */
  record Memory(Refusals refusals, CampaignGauge gauge) {}

  @Override
  public UpdateControl<Campaign> reconcile(Campaign campaign, Context<Campaign> context) {
    if (context.isPrimaryResourceDeleted()) {
      isGone(campaign);
      return UpdateControl.noUpdate();
    }
    if (campaign.isMarkedForDeletion()) {
      return campaign.hasFinalizer(Campaign.FINALIZER)
          ? remove(campaign, context)
          : UpdateControl.noUpdate();
    }
    settleFinalizer(campaign, context);
    return pass(campaign, context);
  }

  private UpdateControl<Campaign> pass(Campaign campaign, Context<Campaign> context) {
    var begin = clock.instant();
    var seen =
        observer.observe(
            campaign,
            context,
            refusals.standing(campaign, begin),
            refusals.settings(campaign, begin));
    var plan = planner.plan(campaign, seen);
    var done = actuator.act(campaign, plan, context);
    var now = clock.instant();
    var outcome = Outcome.of(plan, done);
    noteRefusals(campaign, done, outcome, now);
    noteSettings(campaign, seen, plan, done, now);
    var status = statusRule.status(campaign, seen, outcome, done.registration(), now);
    Happening.ofTopic(plan.topic(), done).forEach(one -> events.write(campaign, one));
    write(campaign, status, outcome.verdicts(), context);
    return UpdateControl.<Campaign>noUpdate()
        .rescheduleAfter(pace.next(status, outcome.goOn(), now));
  }

  private void isGone(Campaign campaign) {
    refusals.forget(campaign);
    gauge.isGone(campaign);
    sweep.run(campaign.getMetadata().getNamespace());
  }

  /** It is there before the topic is, and only while the topic is to go with the resource. */
  private static void settleFinalizer(Campaign campaign, Context<Campaign> context) {
    var spec = campaign.getSpec();
    if (spec == null || spec.unreadable() != null) {
      return;
    }
    boolean has = campaign.hasFinalizer(Campaign.FINALIZER);
    if (spec.deletesTopic() && !has) {
      PrimaryUpdateAndCacheUtils.addFinalizerWithSSA(context, campaign, Campaign.FINALIZER);
    } else if (!spec.deletesTopic() && has) {
      PrimaryUpdateAndCacheUtils.removeFinalizer(context.getClient(), campaign, Campaign.FINALIZER);
    }
  }

  private UpdateControl<Campaign> remove(Campaign campaign, Context<Campaign> context) {
    var blocked = removed(campaign, context);
    if (blocked.isEmpty()) {
      if (Removal.isForced(campaign)) {
        events.write(
            campaign,
            new Happening(
                true,
                "ForceDeleted",
                "The Campaign is deleted without waiting; its topic and history stay."));
      }
      PrimaryUpdateAndCacheUtils.removeFinalizer(context.getClient(), campaign, Campaign.FINALIZER);
      return UpdateControl.noUpdate();
    }
    var now = clock.instant();
    var verdicts = new EnumMap<Part, Verdict>(Part.class);
    for (var part : Part.values()) {
      verdicts.put(part, Verdict.unknown(Reason.DELETING, ""));
    }
    verdicts.put(blocked.get().part(), blocked.get().verdict());
    var status = deleting(campaign, verdicts, now);
    write(campaign, status, verdicts, context);
    return UpdateControl.<Campaign>noUpdate().rescheduleAfter(pace.next(status, false, now));
  }

  private Optional<Removal.Blocked> removed(Campaign campaign, Context<Campaign> context) {
    var refused = refusals.standing(campaign, clock.instant()).get(Part.TOPIC);
    if (refused != null && refused.stalled() && !Removal.isForced(campaign)) {
      return Optional.of(new Removal.Blocked(Part.TOPIC, refused));
    }
    var shared = isTopicShared(campaign, context.getPrimaryCache().list(_ -> true));
    var blocked = removal.remove(campaign, context.getClient(), shared);
    blocked
        .filter(one -> one.verdict().stalled() && one.part() == Part.TOPIC)
        .ifPresent(one -> refusals.note(campaign, Part.TOPIC, one.verdict(), clock.instant()));
    return blocked;
  }

  private static boolean isTopicShared(Campaign campaign, Stream<Campaign> all) {
    var spec = campaign.getSpec();
    if (spec == null || spec.unreadable() != null) {
      return true;
    }
    var topic = spec.topicName(campaign.name());
    return all.filter(other -> !other.path().equals(campaign.path()))
        .map(other -> other.getSpec() == null ? null : other.getSpec().topicName(other.name()))
        .anyMatch(topic::equals);
  }

  private static CampaignStatus deleting(
      Campaign campaign, Map<Part, Verdict> verdicts, Instant now) {
    var before = Objects.requireNonNullElse(campaign.getStatus(), CampaignStatus.NONE);
    long generation = campaign.getMetadata().getGeneration();
    return new CampaignStatus(
        generation,
        Phase.DELETING,
        before.campaignId(),
        before.topic(),
        before.consumer(),
        before.batch(),
        before.stock(),
        new Conditions(before, generation, now).of(verdicts, false));
  }

  private void noteSettings(Campaign campaign, Seen seen, Plan plan, Done done, Instant now) {
    if (done.topic() instanceof TopicAnswer.Done
        && plan.topic() instanceof TopicStep.Configure(var _, int _, var config)) {
      refusals.noteSettings(campaign, config, now);
    } else if (seen.topic() instanceof TopicSeen.Present there
        && there.config().entrySet().containsAll(seen.settings().entrySet())) {
      // Kafka says them as they were said, so whatever differs from now on is new.
      refusals.forgetSettings(campaign);
    }
  }

  private void noteRefusals(Campaign campaign, Done done, Outcome outcome, Instant now) {
    if (done.topic() instanceof TopicAnswer.Refused) {
      note(campaign, Part.TOPIC, outcome, now);
    }
    if (done.registration() instanceof ApiAnswer.Refused) {
      note(campaign, Part.REGISTRATION, outcome, now);
    }
    done.children()
        .forEach((part, verdict) -> {
          if (verdict.stalled()) {
            refusals.note(campaign, part, verdict, now);
          }
        });
  }

  private void note(Campaign campaign, Part part, Outcome outcome, Instant now) {
    refusals.note(campaign, part, Objects.requireNonNull(outcome.verdicts().get(part)), now);
  }

  /** The one status of a pass; one that says the same is not written. */
  private void write(
      Campaign campaign,
      CampaignStatus status,
      Map<Part, Verdict> verdicts,
      Context<Campaign> context) {
    gauge.is(campaign, status);
    var before = Objects.requireNonNullElse(campaign.getStatus(), CampaignStatus.NONE);
    if (status.equals(before)) {
      return;
    }
    PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(
        campaign, withStatus(campaign, status), context);
    Happening.ofConditions(before, status, verdicts).forEach(one -> events.write(campaign, one));
  }

  /** Nothing but the name and the status: what is applied is what we own. */
  private static Campaign withStatus(Campaign campaign, CampaignStatus status) {
    var fresh = new Campaign();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(campaign.name())
            .withNamespace(campaign.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  @Override
  public ErrorStatusUpdateControl<Campaign> updateErrorStatus(
      Campaign campaign, Context<Campaign> context, Exception e) {
    if (context.isPrimaryResourceDeleted()) {
      // There is nothing left to tell it at.
      return ErrorStatusUpdateControl.defaultErrorProcessing();
    }
    if (e instanceof KubernetesClientException kubernetes
        && kubernetes.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      // It was deleted while we looked at it; its deletion is the next event.
      return ErrorStatusUpdateControl.<Campaign>noStatusUpdate().withNoRetry();
    }
    var before = Objects.requireNonNullElse(campaign.getStatus(), CampaignStatus.NONE);
    var status =
        StatusRule.broken(campaign, e instanceof KubernetesClientException, clock.instant());
    gauge.is(campaign, status);
    if (status.equals(before)) {
      return ErrorStatusUpdateControl.defaultErrorProcessing();
    }
    Happening.ofBroken(before, status).ifPresent(one -> events.write(campaign, one));
    return ErrorStatusUpdateControl.patchStatus(withStatus(campaign, status));
  }

  @Override
  public List<EventSource<?, Campaign>> prepareEventSources(EventSourceContext<Campaign> context) {
    var sources = new ArrayList<EventSource<?, Campaign>>();
    sources.add(children(Deployment.class, context));
    sources.add(children(CronJob.class, context));
    sources.add(children(PodDisruptionBudget.class, context));
    return sources;
  }

  private static <R extends HasMetadata> EventSource<R, Campaign> children(
      Class<R> type, EventSourceContext<Campaign> context) {
    var configuration =
        InformerEventSourceConfiguration.from(type, Campaign.class)
            .withName(HasMetadata.getKind(type))
            .withNamespacesInheritedFromController()
            .withLabelSelector(CampaignObjects.MANAGED_BY_LABEL + "=" + CampaignObjects.MANAGED_BY)
            .withSecondaryToPrimaryMapper(CampaignReconciler::campaigns)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  /** By owner and by label, so that an object that has lost one of them is mended too. */
  private static Set<ResourceID> campaigns(HasMetadata child) {
    var namespace = child.getMetadata().getNamespace();
    var labels =
        Objects.requireNonNullElse(child.getMetadata().getLabels(), Map.<String, String>of());
    var owners =
        child.getMetadata().getOwnerReferences().stream()
            .filter(owner -> owner.getKind().equals("Campaign"))
            .map(owner -> owner.getName());
    return Stream.concat(owners, Stream.ofNullable(labels.get(CampaignObjects.CAMPAIGN_LABEL)))
        .map(name -> new ResourceID(name, namespace))
        .collect(Collectors.toSet());
  }
}
