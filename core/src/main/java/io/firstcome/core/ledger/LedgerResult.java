package io.firstcome.core.ledger;

import io.firstcome.core.rule.Decision;
import java.time.Instant;
import java.util.List;

/**
 * What became of a batch; every request is in exactly one of the two lists, each in log order.
 *
 * @param decidedAt the database's clock, the same for the whole batch
 */
public record LedgerResult(
    List<Decided> decided, List<Undecidable> undecidable, Instant decidedAt) {

  /** A request with its one result. */
  public record Decided(LoggedRequest request, Decision decision) {}

  /** A request that no campaign can answer, and why. */
  public record Undecidable(LoggedRequest request, String reason) {}
}
