package io.firstcome.operator.plan;

import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignSpec;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.registration.WantedRegistration;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the api is told.
 *
 * @param wanted null if nothing
 */
record RegistrationPlan(@Nullable WantedRegistration wanted, Verdict verdict) {

  /**
   * Decides.
   *
   * @param topic the own topic that the campaign may use, or null
   */
  static RegistrationPlan of(
      Campaign campaign, Seen seen, CampaignStatus.@Nullable Topic topic, ZoneId zone) {
    if (seen.registration() instanceof ApiAnswer.Away(var why)) {
      return nothing(Verdict.unknown(Reason.API_UNREACHABLE, "(" + why + ")"));
    }
    if (isSomebodyElses(campaign, seen.registration())) {
      var detail = "Delete this Campaign and create it under another name.";
      return nothing(Verdict.stalled(Reason.NAME_TAKEN, detail));
    }
    if (campaign.getSpec().lane() == null && topic == null) {
      return nothing(Verdict.unknown(Reason.WAITING_FOR_TOPIC, ""));
    }
    var wanted = wanted(campaign, topic, zone);
    if (seen.registration() instanceof ApiAnswer.Found(var there) && wanted.isMetBy(there)) {
      return nothing(Verdict.good(Reason.PROVISIONED));
    }
    var refused = seen.refused().get(Part.REGISTRATION);
    return refused != null
        ? nothing(refused)
        : new RegistrationPlan(wanted, Verdict.unknown(Reason.PROVISIONING, ""));
  }

  /** Whether the name is taken by another namespace. */
  static boolean isSomebodyElses(Campaign campaign, ApiAnswer answer) {
    return answer instanceof ApiAnswer.Found(var there)
        && !there.released()
        && there.namespace() != null
        && !there.namespace().equals(campaign.getMetadata().getNamespace());
  }

  /**
   * The zone whose days count, and whose clock the schedule goes by: the registered one, because
   * the days that were counted stay.
   */
  static String zone(Campaign campaign, Seen seen, ZoneId platform) {
    if (seen.registration() instanceof ApiAnswer.Found(var there)) {
      return there.timeZone();
    }
    var cronJob = seen.children().cronJob();
    var before = cronJob == null ? null : cronJob.getSpec().getTimeZone();
    return seen.registration() instanceof ApiAnswer.Away && before != null
        ? before
        : zone(campaign.getSpec(), platform);
  }

  /** What a person is told of a zone in force that is not the spec's, or empty. */
  static String otherZone(Campaign campaign, String inForce, ZoneId platform) {
    var wanted = zone(campaign.getSpec(), platform);
    return inForce.equals(wanted)
        ? ""
        : ("But days and schedule go by %s, as registered, and not by %s;"
                + " set spec.batch.timeZone to %s.")
            .formatted(inForce, wanted, inForce);
  }

  private static String zone(CampaignSpec spec, ZoneId platform) {
    return Objects.requireNonNullElse(spec.batch().timeZone(), platform.getId());
  }

  private static RegistrationPlan nothing(Verdict verdict) {
    return new RegistrationPlan(null, verdict);
  }

  private static WantedRegistration wanted(
      Campaign campaign, CampaignStatus.@Nullable Topic topic, ZoneId zone) {
    var spec = campaign.getSpec();
    return new WantedRegistration(
        campaign.getMetadata().getNamespace(),
        Objects.requireNonNullElse(spec.displayName(), campaign.name()),
        spec.stock(),
        spec.opensAt(),
        spec.closesAt(),
        zone(spec, zone),
        spec.repeatable(),
        text(spec.soldOut()),
        spec.paused(),
        spec.lane() != null || topic == null
            ? null
            : new Registration.Topic(
                Objects.requireNonNull(topic.name()),
                Objects.requireNonNull(topic.id()),
                Objects.requireNonNull(topic.partitions())),
        spec.lane());
  }

  private static String text(CampaignSpec.SoldOut soldOut) {
    return switch (soldOut) {
      case RECORD -> "Record";
      case REFUSE -> "Refuse";
    };
  }
}
