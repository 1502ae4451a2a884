package io.firstcome.operator.verdict;

import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes conditions of verdicts. A pure function. */
public final class Conditions {
  public static final String READY = "Ready";
  public static final String STALLED = "Stalled";
  public static final String PAUSED = "Paused";

  private final CampaignStatus before;
  private final long generation;
  private final Instant now;

  /**
   * For a pass.
   *
   * @param before whose transition times are kept as long as nothing flips
   * @param generation that the verdicts are about
   */
  public Conditions(CampaignStatus before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Ready first, then the parts, then what is there only when it is true.
   *
   * @param verdicts one for each part
   */
  public List<Condition> of(Map<Part, Verdict> verdicts, boolean paused) {
    var conditions = new ArrayList<Condition>();
    conditions.add(condition(READY, ready(verdicts)));
    for (var part : Part.values()) {
      conditions.add(condition(part.condition(), Objects.requireNonNull(verdicts.get(part))));
    }
    inOrder(verdicts).stream()
        .filter(Verdict::stalled)
        .findFirst()
        .ifPresent(one -> conditions.add(condition(STALLED, Condition.TRUE, one)));
    if (paused) {
      conditions.add(condition(PAUSED, Verdict.good(Reason.PAUSED)));
    }
    return conditions;
  }

  /** As they were, but for Ready. */
  public List<Condition> withReady(Verdict ready) {
    var conditions = new ArrayList<Condition>();
    conditions.add(condition(READY, ready));
    before.conditions().stream().filter(one -> !one.type().equals(READY)).forEach(conditions::add);
    return conditions;
  }

  /** What holds up the whole: the first part that is not good, and what is known goes first. */
  private static Verdict ready(Map<Part, Verdict> verdicts) {
    var parts = inOrder(verdicts);
    return parts.stream()
        .filter(one -> one.status().equals(Condition.FALSE))
        .findFirst()
        .or(() -> parts.stream().filter(one -> !one.isGood()).findFirst())
        .orElse(Verdict.good(Reason.PROVISIONED));
  }

  private static List<Verdict> inOrder(Map<Part, Verdict> verdicts) {
    return List.of(Part.values()).stream()
        .map(part -> Objects.requireNonNull(verdicts.get(part)))
        .toList();
  }

  private Condition condition(String type, Verdict verdict) {
    return condition(type, verdict.status(), verdict);
  }

  private Condition condition(String type, String status, Verdict verdict) {
    var since =
        before
            .condition(type)
            .filter(old -> old.status().equals(status))
            .map(Condition::lastTransitionTime)
            // The definition's own default is of no time.
            .filter(time -> !time.equals(Instant.EPOCH))
            .orElse(now);
    return new Condition(
        type, status, verdict.reason().text(), verdict.message(), since, generation);
  }
}
