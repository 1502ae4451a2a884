package io.firstcome.api.campaign;

import io.firstcome.api.campaign.CampaignChange.End;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.campaign.CampaignName;
import io.firstcome.core.error.ErrorCode;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its resource in the cluster declares it, well-formed.
 *
 * @param topic of its own, which the operator has provided; null for a campaign on a lane
 */
record DeclaredCampaign(
    String namespace, NewCampaign campaign, boolean paused, @Nullable ProvidedTopic topic) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /**
   * Checks every field.
   *
   * @throws ProblemException {@code REQUEST_MALFORMED} that names the first offending field
   */
  static DeclaredCampaign of(String name, RegistrationRequest request, CreationSettings settings) {
    if (!CampaignName.isName(name)) {
      throw ProblemException.malformed(
          "name",
          "A campaign's name is a DNS label of at most %d characters that are not all digits."
              .formatted(CampaignName.LENGTH_MAX));
    }
    var namespace = request.namespace();
    if (namespace == null || !NAMESPACE.matcher(namespace).matches()) {
      throw ProblemException.malformed("namespace", "'namespace' must be a DNS label.");
    }
    var topic = topic(request);
    var wanted =
        new CreateCampaignRequest(
            name,
            request.displayName(),
            null,
            request.totalStock(),
            request.opensAt(),
            request.closesAt(),
            request.timeZone(),
            request.repeatable(),
            request.soldOut(),
            topic == null ? null : topic.partitions(),
            request.lane());
    return new DeclaredCampaign(
        namespace, NewCampaign.of(wanted, settings), Boolean.TRUE.equals(request.paused()), topic);
  }

  private static @Nullable ProvidedTopic topic(RegistrationRequest request) {
    var topic = request.topic();
    if ((topic == null) == (request.lane() == null)) {
      throw ProblemException.malformed("topic", "Either 'topic' or 'lane' must be given.");
    }
    if (topic == null) {
      return null;
    }
    if (topic.name() == null || !TOPIC.matcher(topic.name()).matches()) {
      throw ProblemException.malformed("topic", "'topic.name' must be the name of a topic.");
    }
    if (topic.id() == null || !isTopicId(topic.id())) {
      throw ProblemException.malformed("topic", "'topic.id' must be Kafka's id of the topic.");
    }
    if (topic.partitions() == null) {
      throw ProblemException.malformed("topic", "'topic.partitions' is missing.");
    }
    return new ProvidedTopic(
        topic.name(), topic.id(), NewCampaign.partitions(topic.partitions()), false);
  }

  private static boolean isTopicId(String id) {
    try {
      return Uuid.fromString(id).toString().equals(id);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  CampaignMode mode() {
    return paused ? CampaignMode.PAUSED : CampaignMode.ACTIVE;
  }

  /** Everything that a resource may change, but for the partitions. */
  CampaignChange change() {
    return new CampaignChange(
        campaign.displayName(),
        campaign.totalStock(),
        new End(campaign.window().opensAt()),
        new End(campaign.window().closesAt()),
        campaign.repeatable(),
        campaign.soldOut(),
        null);
  }

  /** Who has released a campaign, or never had it in a cluster, does not hold it. */
  void checkOwner(CampaignEntity known) {
    var owner = known.namespace();
    if (owner != null && !owner.equals(namespace) && !known.released()) {
      throw new ProblemException(
          ErrorCode.CAMPAIGN_EXISTS,
          "The name %s belongs to a Campaign in the namespace %s; choose another name."
              .formatted(known.name(), owner));
    }
  }

  void checkTopic(TopicEntity known) {
    if (topic == null || known.lane() != null) {
      checkLane(known);
      return;
    }
    if (!known.name().equals(topic.name())) {
      throw refused(
          "The requests of this campaign are in the topic %s, and a log cannot be moved to %s."
              .formatted(known.name(), topic.name()));
    }
    if (!known.uuid().equals(topic.uuid())) {
      throw refused(
          ("The topic %s is not the one that has this campaign's requests: it was deleted and made"
                  + " again (id %s instead of %s). The old requests are gone from the log. Delete"
                  + " the campaign and make it again, or give it another name.")
              .formatted(topic.name(), topic.uuid(), known.uuid()));
    }
  }

  private void checkLane(TopicEntity known) {
    if (known.lane() == null) {
      throw refused(
          "The campaign has a topic of its own, %s, and cannot move to the lane %s."
              .formatted(known.name(), campaign.lane()));
    }
    if (!known.lane().equals(campaign.lane())) {
      throw refused(
          "The campaign is on the lane %s and cannot move from there.".formatted(known.lane()));
    }
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ErrorCode.CHANGE_REFUSED, detail);
  }
}
