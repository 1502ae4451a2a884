package io.firstcome.operator.status;

import io.firstcome.operator.act.Done;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.plan.Plan;
import io.firstcome.operator.plan.TopicStep;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registration;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the parts are after a pass. A pure function of the plan and of what came of it.
 *
 * @param topic the own topic now, as far as anybody knows, or null
 * @param goOn whether something is done that others wait for, so the next pass begins at once
 */
public record Outcome(
    Map<Part, Verdict> verdicts, CampaignStatus.@Nullable Topic topic, boolean goOn) {

  /** Puts the two together. */
  public static Outcome of(Plan plan, Done done) {
    var verdicts = new EnumMap<>(plan.verdicts());
    verdicts.putAll(done.children());
    if (done.topic() != null) {
      verdicts.put(Part.TOPIC, verdict(plan, done.topic()));
    }
    if (done.registration() != null) {
      verdicts.put(Part.REGISTRATION, verdict(plan, done.registration()));
    }
    return new Outcome(verdicts, topic(plan, done), isTopicNew(plan, done) || isMet(plan, done));
  }

  /** Nobody waits for settings. */
  private static boolean isTopicNew(Plan plan, Done done) {
    return done.topic() instanceof TopicAnswer.Done
        && !(plan.topic() instanceof TopicStep.Configure);
  }

  /** An answer that says something else would be the same the next time. */
  private static boolean isMet(Plan plan, Done done) {
    return done.registration() instanceof ApiAnswer.Found(var there) && isMet(plan, there);
  }

  private static boolean isMet(Plan plan, Registration there) {
    return plan.registration() != null && plan.registration().isMetBy(there);
  }

  private static CampaignStatus.@Nullable Topic topic(Plan plan, Done done) {
    if (!(done.topic() instanceof TopicAnswer.Done(var id))) {
      return plan.knownTopic();
    }
    return switch (plan.topic()) {
      case TopicStep.Nothing _ -> plan.knownTopic();
      case TopicStep.Create(var name, int partitions, short _, var _) ->
          new CampaignStatus.Topic(name, id, partitions);
      case TopicStep.Grow(var name, int _, int partitions) ->
          new CampaignStatus.Topic(name, id, partitions);
      case TopicStep.Configure(var name, int partitions, var _) ->
          new CampaignStatus.Topic(name, id, partitions);
    };
  }

  private static Verdict verdict(Plan plan, TopicAnswer answer) {
    var planned = Objects.requireNonNull(plan.verdicts().get(Part.TOPIC));
    return switch (answer) {
      // What is done does not mend what a person must.
      case TopicAnswer.Done _ -> planned.stalled() ? planned : Verdict.good(Reason.PROVISIONED);
      case TopicAnswer.Overtaken _ -> Verdict.unknown(Reason.PROVISIONING, "");
      case TopicAnswer.Away _ -> Verdict.unknown(Reason.KAFKA_UNREACHABLE, "");
      case TopicAnswer.Refused(var why) -> Verdict.stalled(Reason.KAFKA_REFUSED, why);
    };
  }

  private static Verdict verdict(Plan plan, ApiAnswer answer) {
    return switch (answer) {
      case ApiAnswer.Found(Registration there) ->
          isMet(plan, there)
              ? Verdict.good(Reason.PROVISIONED)
              : Verdict.unknown(Reason.PROVISIONING, "The api has it otherwise than it was told.");
      case ApiAnswer.Missing _ -> Verdict.unknown(Reason.API_UNREACHABLE, "");
      case ApiAnswer.Away(var why) -> Verdict.unknown(Reason.API_UNREACHABLE, "(" + why + ")");
      case ApiAnswer.Refused(var code, var detail) ->
          Verdict.stalled(
              code.equals("CAMPAIGN_EXISTS") ? Reason.NAME_TAKEN : Reason.SPEC_INVALID, detail);
    };
  }
}
