package io.firstcome.replay;

import io.firstcome.core.rule.CampaignState;
import io.firstcome.core.rule.CampaignState.Earlier;
import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.ParticipationRule;
import io.firstcome.core.rule.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rule must remember of a campaign from its first request on. */
final class RuleState {
  // Most of those who come too late have no key, and share this.
  private static final Earlier OUT_OF_STOCK = new Earlier(Outcome.OUT_OF_STOCK, 0, null);

  private final @Nullable RuleState base;
  private final Map<String, Earlier> earlier = new HashMap<>();
  private final boolean repeatable;
  private long totalStock;
  private long remaining;
  private long failed;

  RuleState(boolean repeatable, long totalStock) {
    this.base = null;
    this.repeatable = repeatable;
    this.totalStock = totalStock;
    this.remaining = totalStock;
  }

  private RuleState(RuleState base) {
    this.base = base;
    this.repeatable = base.repeatable;
    this.totalStock = base.totalStock;
    this.remaining = base.remaining;
    this.failed = base.failed;
  }

  /** A state to try things on; this one stays as it is, and must while the trial is used. */
  RuleState trial() {
    return new RuleState(this);
  }

  /** What the rule says now; nothing is remembered. */
  Decision peek(Request request) {
    var key = request.dedupKey(repeatable);
    var first = key == null ? null : find(key);
    Map<String, Earlier> known = key == null || first == null ? Map.of() : Map.of(key, first);
    var state = new CampaignState(repeatable, totalStock, remaining, known);
    return ParticipationRule.decide(state, List.of(request)).getFirst();
  }

  Decision decide(Request request) {
    var decision = peek(request);
    accept(request, decision);
    return decision;
  }

  /** Remembers what {@link #peek} has just said. */
  void accept(Request request, Decision decision) {
    remaining -= decision.takesStock() ? 1 : 0;
    failed += decision.countsAsFailed() ? 1 : 0;
    var key = decision.dedupKey();
    if (key != null) {
      boolean common =
          decision.outcome() == Outcome.OUT_OF_STOCK && request.idempotencyKey() == null;
      earlier.put(
          key,
          common
              ? OUT_OF_STOCK
              : new Earlier(decision.outcome(), decision.rank(), request.idempotencyKey()));
    }
  }

  private @Nullable Earlier find(String key) {
    var found = earlier.get(key);
    return found == null && base != null ? base.find(key) : found;
  }

  /** Raises the total stock; a smaller one changes nothing, since stock never shrinks. */
  void growTo(long stock) {
    long more = Math.max(0, stock - totalStock);
    totalStock += more;
    remaining += more;
  }

  boolean repeatable() {
    return repeatable;
  }

  long totalStock() {
    return totalStock;
  }

  long remaining() {
    return remaining;
  }

  long failed() {
    return failed;
  }
}
