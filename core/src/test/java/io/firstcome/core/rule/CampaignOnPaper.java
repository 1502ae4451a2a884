package io.firstcome.core.rule;

import io.firstcome.core.rule.CampaignState.Earlier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the books of one campaign in memory, the way the ledger does in the database. */
final class CampaignOnPaper {
  private final boolean repeatable;
  private final Map<String, Earlier> counted = new HashMap<>();
  private long totalStock;
  private long remaining;

  CampaignOnPaper(boolean repeatable, long totalStock) {
    this.repeatable = repeatable;
    this.totalStock = totalStock;
    this.remaining = totalStock;
  }

  List<Decision> decide(List<Request> batch) {
    var earlier = new HashMap<String, Earlier>();
    for (var request : batch) {
      var key = request.dedupKey(repeatable);
      var first = key == null ? null : counted.get(key);
      if (key != null && first != null) {
        earlier.put(key, first);
      }
    }
    var state = new CampaignState(repeatable, totalStock, remaining, earlier);
    var decisions = ParticipationRule.decide(state, batch);
    for (int i = 0; i < batch.size(); i++) {
      var decision = decisions.get(i);
      var key = decision.dedupKey();
      if (key != null) {
        var entry = new Earlier(decision.outcome(), decision.rank(), batch.get(i).idempotencyKey());
        if (counted.put(key, entry) != null) {
          throw new IllegalStateException("two counted decisions for " + key);
        }
      }
      remaining -= decision.takesStock() ? 1 : 0;
    }
    return decisions;
  }

  List<Decision> decideInBatches(List<Request> requests, List<Integer> sizes) {
    var decisions = new ArrayList<Decision>();
    int from = 0;
    for (int size : sizes) {
      decisions.addAll(decide(requests.subList(from, from + size)));
      from += size;
    }
    return decisions;
  }

  void grow(long by) {
    totalStock += by;
    remaining += by;
  }
}
