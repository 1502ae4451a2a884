package io.firstcome.operator.plan;

import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignSpec;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the topic.
 *
 * @param usable the topic that the campaign has, or null if there is none that it may use
 */
record TopicPlan(TopicStep step, Verdict verdict, CampaignStatus.@Nullable Topic usable) {
  private static final int IN_SYNC_MAX = 2;

  static TopicPlan of(Campaign campaign, Seen seen, Duration retention) {
    return new Decision(campaign, seen, retention).decide();
  }

  private static TopicPlan stay(Verdict verdict, CampaignStatus.@Nullable Topic usable) {
    return new TopicPlan(new TopicStep.Nothing(), verdict, usable);
  }

  /** What every topic has, unless the spec says otherwise where it may. */
  static Map<String, String> config(CampaignSpec.Topic topic, Duration retention) {
    var config = new HashMap<String, String>();
    config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    int replicas = Objects.requireNonNull(topic.replicationFactor());
    if (replicas > 1) {
      config.put(
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
          Integer.toString(Math.min(replicas, IN_SYNC_MAX)));
    }
    config.putAll(topic.config());
    // The log's own clock says when a request came, not the sender's; and places are for ever.
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    return config;
  }

  /** Whether we have made the topic, or the api has registered it for this very resource. */
  static boolean isOurs(Campaign campaign, Seen seen, @Nullable String id) {
    if (id == null) {
      return false;
    }
    if (seen.registration() instanceof ApiAnswer.Found(Registration there)) {
      return campaign.getMetadata().getNamespace().equals(there.namespace())
          && there.topic() != null
          && id.equals(there.topic().id());
    }
    var status = campaign.getStatus();
    return status != null && status.topic() != null && id.equals(status.topic().id());
  }

  private record Decision(Campaign campaign, Seen seen, Duration retention) {
    TopicPlan decide() {
      var spec = campaign.getSpec();
      if (spec.lane() != null) {
        return stay(Verdict.good(Reason.ON_LANE), null);
      }
      if (seen.olderCampaign() != null) {
        var detail = "It is %s; choose another spec.topic.name.".formatted(seen.olderCampaign());
        return stay(Verdict.stalled(Reason.TOPIC_CONFLICT, detail), null);
      }
      if (RegistrationPlan.isSomebodyElses(campaign, seen.registration())) {
        return stay(Verdict.unknown(Reason.NAME_TAKEN, ""), null);
      }
      return switch (Objects.requireNonNull(seen.topic())) {
        case TopicSeen.Away _ -> stay(Verdict.unknown(Reason.KAFKA_UNREACHABLE, ""), known());
        case TopicSeen.Denied(var why) -> stay(Verdict.stalled(Reason.KAFKA_REFUSED, why), known());
        case TopicSeen.Absent _ -> absent();
        case TopicSeen.Present present -> present(present);
      };
    }

    private TopicPlan absent() {
      var known = known();
      if (known != null) {
        return stay(Verdict.stalled(Reason.TOPIC_RECREATED, lost(known)), known);
      }
      if (seen.registration() instanceof ApiAnswer.Away) {
        return stay(unknownPast(), null);
      }
      var wanted = campaign.getSpec().ownTopic();
      var create =
          new TopicStep.Create(
              topicName(),
              Objects.requireNonNull(wanted.partitions()),
              Objects.requireNonNull(wanted.replicationFactor()).shortValue(),
              config(wanted, retention));
      return step(create, null, Verdict.unknown(Reason.PROVISIONING, ""));
    }

    private TopicPlan present(TopicSeen.Present present) {
      var known = known();
      if (known != null && !present.id().equals(known.id())) {
        return stay(Verdict.stalled(Reason.TOPIC_RECREATED, lost(known)), known);
      }
      if (known == null && seen.registration() instanceof ApiAnswer.Away) {
        return stay(unknownPast(), null);
      }
      if (known == null && !present.untouched()) {
        var detail = "Choose another spec.topic.name, or delete the topic if nobody needs it.";
        return stay(Verdict.stalled(Reason.TOPIC_IN_USE, detail), null);
      }
      var usable = new CampaignStatus.Topic(topicName(), present.id(), present.partitions());
      var next = next(present);
      if (next.isEmpty()) {
        return stay(verdict(present, Verdict.good(Reason.PROVISIONED)), usable);
      }
      // Until the api has registered it, it may be another campaign's.
      var making = Verdict.unknown(Reason.PROVISIONING, "");
      return isOurs(campaign, seen, present.id())
          ? step(next.get(), usable, verdict(present, making))
          : stay(making, usable);
    }

    /** What no step can mend goes before what the others come to. */
    private Verdict verdict(TopicSeen.Present present, Verdict otherwise) {
      int partitions = Objects.requireNonNull(campaign.getSpec().ownTopic().partitions());
      if (present.partitions() <= partitions) {
        return otherwise;
      }
      var detail = "Set spec.topic.partitions to %d.".formatted(present.partitions());
      return Verdict.stalled(Reason.PARTITION_DECREASE_NOT_SUPPORTED, detail);
    }

    /** What the topic lacks of what the spec says. */
    private Optional<TopicStep> next(TopicSeen.Present present) {
      var wanted = campaign.getSpec().ownTopic();
      int partitions = Objects.requireNonNull(wanted.partitions());
      if (present.partitions() < partitions) {
        return Optional.of(new TopicStep.Grow(topicName(), present.partitions(), partitions));
      }
      var differs = new HashMap<>(config(wanted, retention));
      differs
          .entrySet()
          .removeIf(
              it -> SettingText.meansTheSame(it.getValue(), present.config().get(it.getKey())));
      return differs.isEmpty() || differs.equals(seen.settings())
          ? Optional.empty()
          : Optional.of(new TopicStep.Configure(topicName(), present.partitions(), differs));
    }

    private TopicPlan step(
        TopicStep step, CampaignStatus.@Nullable Topic usable, Verdict meanwhile) {
      var refused = seen.refused().get(Part.TOPIC);
      return refused == null ? new TopicPlan(step, meanwhile, usable) : stay(refused, usable);
    }

    /** Whether the api has a row whose places would be lost. */
    private static Verdict unknownPast() {
      return Verdict.unknown(
          Reason.API_UNREACHABLE, "Only the api knows whether the campaign had a topic before.");
    }

    /** The topic that places were given in: the api's word, and ours while it does not answer. */
    private CampaignStatus.@Nullable Topic known() {
      if (seen.registration() instanceof ApiAnswer.Found(Registration there)) {
        var topic = there.topic();
        // A topic of another name than the spec's is the api's to refuse.
        return topic == null || there.lane() != null || !topic.name().equals(topicName())
            ? null
            : new CampaignStatus.Topic(topic.name(), topic.id(), topic.partitions());
      }
      var status = campaign.getStatus();
      var topic = status == null ? null : status.topic();
      return topic == null || topic.id() == null ? null : topic;
    }

    private static String lost(CampaignStatus.Topic known) {
      return ("It was %s with the id %s. Restore it, or delete the Campaign with"
              + " spec.topic.deletionPolicy Delete and create it again.")
          .formatted(known.name(), known.id());
    }

    private String topicName() {
      return campaign.getSpec().topicName(campaign.name());
    }
  }
}
