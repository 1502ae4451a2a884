package io.firstcome.operator.status;

import io.firstcome.operator.act.Done;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.operator.plan.TopicStep;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.verdict.Conditions;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is told as an event. A pure function makes them of the statuses before and after a
 * pass.
 */
public record Happening(boolean warning, String reason, String message) {

  /** What the pass has changed for the topic. */
  public static List<Happening> ofTopic(TopicStep step, Done done) {
    if (!(done.topic() instanceof TopicAnswer.Done)) {
      return List.of();
    }
    return switch (step) {
      case TopicStep.Nothing _ -> List.of();
      case TopicStep.Create(var name, int partitions, short _, var _) ->
          List.of(
              normal(
                  "TopicCreated",
                  "The topic %s was made with partitions: %d.".formatted(name, partitions)));
      case TopicStep.Grow(var name, int from, int partitions) ->
          List.of(
              new Happening(
                  true,
                  "PartitionsGrown",
                  ("The topic %s has %d partitions instead of %d: from now on some users' requests"
                          + " go to another partition than before, and the order across partitions"
                          + " is only approximate.")
                      .formatted(name, partitions, from)));
      case TopicStep.Configure(var name, int _, var config) ->
          List.of(
              normal(
                  "TopicConfigured",
                  "The topic %s was set to the spec again: %s."
                      .formatted(
                          name, String.join(", ", config.keySet().stream().sorted().toList()))));
    };
  }

  /** What has turned bad, once for each reason and generation; and that all is good again. */
  public static List<Happening> ofConditions(
      CampaignStatus before, CampaignStatus after, Map<Part, Verdict> verdicts) {
    var happenings = new ArrayList<Happening>();
    verdicts.forEach((part, verdict) -> {
      boolean told = isTold(before, part.condition(), verdict.reason().text(), after);
      if (verdict.reason().warns() && !told) {
        happenings.add(new Happening(true, verdict.reason().text(), verdict.message()));
      }
    });
    if (isReady(after) && !isReady(before)) {
      happenings.add(normal("Ready", "Everything is as the spec says."));
    }
    return happenings;
  }

  /** What has ended a pass, once for each reason and generation. */
  public static Optional<Happening> ofBroken(CampaignStatus before, CampaignStatus after) {
    return after
        .condition(Conditions.READY)
        .filter(ready -> !isTold(before, Conditions.READY, ready.reason(), after))
        .map(ready -> new Happening(true, ready.reason(), ready.message()));
  }

  private static boolean isTold(
      CampaignStatus before, String type, String reason, CampaignStatus after) {
    return before
        .condition(type)
        .filter(old -> old.reason().equals(reason))
        .filter(old -> Objects.equals(old.observedGeneration(), after.observedGeneration()))
        .isPresent();
  }

  private static boolean isReady(CampaignStatus status) {
    return status
        .condition(Conditions.READY)
        .filter(one -> one.status().equals(Condition.TRUE))
        .isPresent();
  }

  static Happening normal(String reason, String message) {
    return new Happening(false, reason, message);
  }
}
