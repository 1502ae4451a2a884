package io.firstcome.core.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the rule knows of a campaign before a batch.
 *
 * @param totalStock at least 1
 * @param remaining 0 to totalStock
 * @param earlier counted decisions of the batch's users, by {@link Request#dedupKey}
 */
public record CampaignState(
    boolean repeatable, long totalStock, long remaining, Map<String, Earlier> earlier) {

  public CampaignState {
    if (totalStock < 1 || remaining < 0 || remaining > totalStock) {
      throw new IllegalArgumentException(
          "remaining must be within 0 and the total stock, was %d of %d"
              .formatted(remaining, totalStock));
    }
    earlier = Map.copyOf(earlier);
  }

  /** A decision that an earlier batch made. */
  public record Earlier(Outcome outcome, long rank, @Nullable String idempotencyKey) {}
}
