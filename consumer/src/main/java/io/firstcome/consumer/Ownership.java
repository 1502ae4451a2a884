package io.firstcome.consumer;

import io.firstcome.core.ledger.Source;
import org.jspecify.annotations.Nullable;

/**
 * The right to decide a partition from an offset on, good until somebody else claims it.
 *
 * @param epoch issued by the database; a batch under an older one changes nothing
 * @param leaderEpoch of the last decided record, to notice a truncated log
 */
record Ownership(Source source, long epoch, long nextOffset, @Nullable Integer leaderEpoch) {

  Ownership movedTo(long offset, @Nullable Integer newLeaderEpoch) {
    return new Ownership(source, epoch, offset, newLeaderEpoch);
  }
}
