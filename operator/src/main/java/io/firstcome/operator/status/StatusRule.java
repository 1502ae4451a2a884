package io.firstcome.operator.status;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignObjects;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Phase;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.verdict.Conditions;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a pass says. A pure function. */
public final class StatusRule {
  private final Duration sampleInterval;

  /**
   * Figures are taken over no more often than this.
   *
   * @param sampleInterval between two samples, by the api's clock
   */
  public StatusRule(Duration sampleInterval) {
    this.sampleInterval = sampleInterval;
  }

  /**
   * The status after a pass.
   *
   * @param changed what the api answered to a change, or null if it was not asked for one
   */
  public CampaignStatus status(
      Campaign campaign, Seen seen, Outcome outcome, @Nullable ApiAnswer changed, Instant now) {
    var before = Objects.requireNonNullElse(campaign.getStatus(), CampaignStatus.NONE);
    var registration = registration(campaign, seen, changed);
    long generation = Objects.requireNonNullElse(campaign.getMetadata().getGeneration(), 0L);
    var spec = campaign.getSpec();
    boolean readable = spec != null && spec.unreadable() == null;
    return new CampaignStatus(
        generation,
        registration == null
            ? Objects.requireNonNullElse(before.phase(), Phase.PENDING)
            : phase(registration),
        registration == null ? before.campaignId() : Long.valueOf(registration.id()),
        topic(campaign, before, outcome, registration),
        // Without a readable spec they go on, and autoscalers find them by it.
        readable ? consumer(campaign, seen) : before.consumer(),
        readable
            ? batch(campaign, seen.children().cronJob(), registration, before.batch())
            : before.batch(),
        stock(before.stock(), registration),
        new Conditions(before, generation, now).of(outcome.verdicts(), readable && spec.paused()));
  }

  /**
   * The status after a pass that an exception has ended: of the parts nothing new is known.
   *
   * @param inKubernetes whether it was the API server's
   */
  public static CampaignStatus broken(Campaign campaign, boolean inKubernetes, Instant now) {
    var before = Objects.requireNonNullElse(campaign.getStatus(), CampaignStatus.NONE);
    long generation = Objects.requireNonNullElse(campaign.getMetadata().getGeneration(), 0L);
    var reason = inKubernetes ? Reason.KUBERNETES_UNREACHABLE : Reason.OPERATOR_FAILED;
    return new CampaignStatus(
        generation,
        before.phase(),
        before.campaignId(),
        before.topic(),
        before.consumer(),
        before.batch(),
        before.stock(),
        new Conditions(before, generation, now).withReady(Verdict.unknown(reason, "")));
  }

  /** The newest word of the api, as far as it is about this campaign. */
  private static @Nullable Registration registration(
      Campaign campaign, Seen seen, @Nullable ApiAnswer changed) {
    var answer = changed instanceof ApiAnswer.Found ? changed : seen.registration();
    return answer instanceof ApiAnswer.Found(var there)
            && campaign.getMetadata().getNamespace().equals(there.namespace())
        ? there
        : null;
  }

  private static Phase phase(Registration registration) {
    return switch (registration.state()) {
      case "SCHEDULED" -> Phase.SCHEDULED;
      case "OPEN" -> Phase.OPEN;
      case "PAUSED" -> Phase.PAUSED;
      case "CLOSED" -> Phase.CLOSED;
      default -> Phase.PENDING;
    };
  }

  private static CampaignStatus.@Nullable Topic topic(
      Campaign campaign,
      CampaignStatus before,
      Outcome outcome,
      @Nullable Registration registration) {
    if (outcome.topic() != null) {
      return outcome.topic();
    }
    var spec = campaign.getSpec();
    if (registration == null
        || registration.topic() == null
        // A lane's topic is not the own one of a campaign that wants to leave the lane.
        || (spec != null && spec.lane() == null && registration.lane() != null)) {
      // What it was is what a topic that was made again is told apart by.
      return before.topic();
    }
    var topic = registration.topic();
    return new CampaignStatus.Topic(topic.name(), topic.id(), topic.partitions());
  }

  private static CampaignStatus.@Nullable Consumer consumer(Campaign campaign, Seen seen) {
    if (campaign.getSpec().lane() != null) {
      return null;
    }
    var selector =
        CampaignObjects.consumerSelector(campaign).entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    Deployment deployment = seen.children().deployment();
    int wanted = Objects.requireNonNull(campaign.getSpec().ownConsumer().replicas());
    var status = deployment == null ? null : deployment.getStatus();
    int there = status == null ? 0 : Objects.requireNonNullElse(status.getReplicas(), 0);
    int ready = status == null ? 0 : Objects.requireNonNullElse(status.getReadyReplicas(), 0);
    return new CampaignStatus.Consumer(there, ready + "/" + wanted, selector);
  }

  private static CampaignStatus.Batch batch(
      Campaign campaign,
      @Nullable CronJob cronJob,
      @Nullable Registration registration,
      CampaignStatus.@Nullable Batch before) {
    var status = cronJob == null ? null : cronJob.getStatus();
    return new CampaignStatus.Batch(
        CampaignObjects.cronJobName(campaign),
        registration == null ? timeZone(cronJob, before) : registration.timeZone(),
        status == null ? null : instant(status.getLastScheduleTime()),
        status == null ? null : instant(status.getLastSuccessfulTime()));
  }

  /** While the api does not say it. */
  private static @Nullable String timeZone(
      @Nullable CronJob cronJob, CampaignStatus.@Nullable Batch before) {
    if (cronJob != null && cronJob.getSpec() != null) {
      return cronJob.getSpec().getTimeZone();
    }
    return before == null ? null : before.timeZone();
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  /** At rest the old sample stays, so that a campaign in which nothing happens writes nothing. */
  private CampaignStatus.@Nullable Stock stock(
      CampaignStatus.@Nullable Stock before, @Nullable Registration registration) {
    if (registration == null || registration.sample() == null) {
      return before;
    }
    var sample = registration.sample();
    var stock =
        new CampaignStatus.Stock(
            sample.total(),
            sample.remaining(),
            sample.succeeded(),
            sample.failed(),
            sample.lag(),
            sample.asOf());
    if (before == null || before.asOf() == null) {
      return stock;
    }
    boolean early = sample.asOf().isBefore(before.asOf().plus(sampleInterval));
    return stock.saysTheSameAs(before) || early ? before : stock;
  }
}
