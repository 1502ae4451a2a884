package io.firstcome.consumer;

import io.firstcome.core.ledger.LedgerResult.Decided;
import io.firstcome.core.rule.Outcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the consumer counts. */
final class ConsumerMetrics {
  private final MeterRegistry registry;
  private final Timer batchTime;
  private final DistributionSummary batchSize;

  ConsumerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.batchTime =
        Timer.builder("firstcome.batch")
            .description("Time of one batch transaction")
            .register(registry);
    this.batchSize =
        DistributionSummary.builder("firstcome.batch.size")
            .description("Decisions of one batch transaction")
            .register(registry);
  }

  void committed(List<Decided> decided, int deadLetters, long nanos) {
    batchTime.record(nanos, TimeUnit.NANOSECONDS);
    batchSize.record(decided.size());
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    decided.forEach(one -> counts.merge(one.decision().outcome(), 1, Integer::sum));
    counts.forEach((outcome, count) ->
        registry.counter("firstcome.decided", "outcome", outcome.name()).increment(count));
    registry.counter("firstcome.dead.letters").increment(deadLetters);
  }

  void fenced() {
    registry.counter("firstcome.fenced").increment();
  }

  /** A commit whose answer was lost turned out to be made, or not. */
  void unknownCommitResolved(boolean made) {
    registry.counter("firstcome.commit.unknown", "made", String.valueOf(made)).increment();
  }

  void retried() {
    registry.counter("firstcome.batch.retries").increment();
  }
}
