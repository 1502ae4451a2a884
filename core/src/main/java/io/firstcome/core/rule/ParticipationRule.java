package io.firstcome.core.rule;

import io.firstcome.core.rule.CampaignState.Earlier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * First come, first served. Of several answers that apply to a request, the first of these is
 * given:
 *
 * <ol>
 *   <li>the same request again (same user, same Idempotency-Key): the first one's result
 *   <li>the user is already in and the campaign is not repeatable: ALREADY_ISSUED
 *   <li>stock is left: SUCCESS with the next rank
 *   <li>otherwise OUT_OF_STOCK
 * </ol>
 *
 * A user is "in" with the first request, whatever it got: a result is final, and growing the stock
 * later gives nobody a second chance who had none left.
 *
 * <p>No clock, no database: the same log gives the same decisions wherever it is replayed, in
 * batches of any size.
 */
public final class ParticipationRule {
  private ParticipationRule() {}

  /** Decides requests of one campaign in their order; the answer has one decision a request. */
  public static List<Decision> decide(CampaignState campaign, List<Request> requests) {
    Map<String, Earlier> in = new HashMap<>(campaign.earlier());
    var decisions = new ArrayList<Decision>(requests.size());
    long remaining = campaign.remaining();
    for (var request : requests) {
      var dedupKey = request.dedupKey(campaign.repeatable());
      var first = dedupKey == null ? null : in.get(dedupKey);
      Decision decision;
      if (first != null && isSameRequest(first, request)) {
        decision = new Decision(first.outcome(), first.rank(), null, true);
      } else if (first != null) {
        decision = new Decision(Outcome.ALREADY_ISSUED, 0, null, false);
      } else if (remaining > 0) {
        long rank = campaign.totalStock() - remaining + 1;
        remaining--;
        decision = new Decision(Outcome.SUCCESS, rank, dedupKey, false);
      } else {
        decision = new Decision(Outcome.OUT_OF_STOCK, 0, dedupKey, false);
      }
      if (dedupKey != null && first == null) {
        in.put(
            dedupKey, new Earlier(decision.outcome(), decision.rank(), request.idempotencyKey()));
      }
      decisions.add(decision);
    }
    return decisions;
  }

  private static boolean isSameRequest(Earlier first, Request request) {
    return request.idempotencyKey() != null
        && Objects.equals(first.idempotencyKey(), request.idempotencyKey());
  }
}
