package io.firstcome.core.rule;

import org.jspecify.annotations.Nullable;

/**
 * The result of one request.
 *
 * @param rank for SUCCESS the n-th success of the campaign, from 1; else 0
 * @param dedupKey held by the one counted decision of a user (see {@link Request#dedupKey}), null
 *     on all that came after it
 * @param repeat this is the same request again: it reports the first one's result and counts
 *     nowhere
 */
public record Decision(Outcome outcome, long rank, @Nullable String dedupKey, boolean repeat) {

  /** Whether this decision took one from the stock. */
  public boolean takesStock() {
    return outcome == Outcome.SUCCESS && !repeat;
  }

  /** Whether this decision counts as a request that got nothing. */
  public boolean countsAsFailed() {
    return outcome != Outcome.SUCCESS && !repeat;
  }
}
