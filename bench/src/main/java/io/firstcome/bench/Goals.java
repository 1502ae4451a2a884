package io.firstcome.bench;

import io.firstcome.bench.Results.Metric;
import io.firstcome.bench.Results.Spread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the figures should be: ratios, except where somebody else's system gave an absolute time. A
 * goal is judged by the worst round.
 */
final class Goals {
  private static final int FEW = 10_000;
  private static final int MANY = 100_000;

  private final Results results;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Goals(Results results) {
    this.results = results;
  }

  /**
   * A goal and what became of it.
   *
   * @param target as in ">= 0.5"
   * @param range of the rounds
   */
  record Verdict(String name, String target, double value, String range, boolean isReached) {}

  /** The goals of which the figures were measured. */
  static List<Verdict> judge(Results results) {
    var goals = new Goals(results);
    goals.judgeDrain();
    goals.judgeDoors();
    goals.judgeStatistics();
    return goals.verdicts;
  }

  private void judgeDrain() {
    var rate = Partitions.rate(MANY, 1);
    var baseline = Partitions.rate(FEW, 1);
    var limit = results.ratio(Partitions.INSERT, Partitions.LIMIT_INSERT, baseline, Doors.RECORD);
    atLeast(
        "G1 drain of 100,000 on one partition, against B1 on 10,000",
        limit == null ? 15 : Math.min(15, 0.6 * limit.median()),
        results.ratio(rate, Doors.OURS, baseline, Doors.RECORD));
    atLeast(
        "G2 the same against inserting only (L4)",
        0.5,
        results.ratio(rate, Doors.OURS, Partitions.INSERT, Partitions.LIMIT_INSERT));
    atMost("G3 10,000 on one partition, in s", 1.0, spread(Partitions.seconds(FEW, 1)));
  }

  private void judgeDoors() {
    var capacity = SyncAgainstLog.CAPACITY;
    atLeast(
        "G5 capacity against an empty handler (L1)",
        0.4,
        results.ratio(capacity, Doors.OURS, Doors.EMPTY));
    atLeast("G5 capacity against B0", 5, results.ratio(capacity, Doors.OURS, Doors.SYNC));
    atLeast("G5 capacity against B2", 1.0, results.ratio(capacity, Doors.OURS, Doors.REDIS));
    atMost("G6 first answer at 100/s, mean in ms", 3, spread(SyncAgainstLog.STEADY_MEAN));
    atMost("G6 first answer at 100/s, p95 in ms", 6, spread(SyncAgainstLog.STEADY_P95));
    atMost("G6 first answer at 100/s, p99 in ms", 12, spread(SyncAgainstLog.STEADY_P99));
    atLeast(
        "G7 opening: p99 of B1, asking every 500 ms, is so many times ours",
        20,
        results.ratio(SyncAgainstLog.OPENING_RESULT, Doors.RECORD, Doors.OURS));
    atMost(
        "G13 opening: CPU without compilers, against B1",
        0.25,
        results.ratio(SyncAgainstLog.OPENING_COMPILED_CPU, Doors.OURS, Doors.RECORD));
    atMost(
        "G13 opening: CPU without compilers, against B2",
        1.0,
        results.ratio(SyncAgainstLog.OPENING_COMPILED_CPU, Doors.OURS, Doors.REDIS));
    atLeast("G14 goodput at twice the capacity", 0.9, spread(SyncAgainstLog.OVERLOAD));
  }

  private void judgeStatistics() {
    int all = 1_000_000;
    atMost(
        "G15 reading a day of 1,000,000 against one of 10,000",
        1.2,
        results.ratio(
            RawAgainstAggregated.read(all),
            RawAgainstAggregated.AGGREGATED,
            RawAgainstAggregated.read(FEW),
            RawAgainstAggregated.AGGREGATED));
    atLeast(
        "G15 the raw query is slower by",
        1_000,
        results.ratio(
            RawAgainstAggregated.read(all),
            RawAgainstAggregated.RAW,
            RawAgainstAggregated.AGGREGATED));
    atMost(
        "G16 the job against the bare query",
        1.5,
        results.ratio(
            RawAgainstAggregated.aggregation(all),
            RawAgainstAggregated.JOB,
            RawAgainstAggregated.QUERY));
  }

  private @Nullable Spread spread(Metric metric) {
    return results.has(metric, Doors.OURS) ? results.spread(metric, Doors.OURS) : null;
  }

  private void atLeast(String name, double target, @Nullable Spread spread) {
    if (spread != null) {
      add(name, ">= " + Figures.of(target), spread, spread.min() >= target);
    }
  }

  private void atMost(String name, double target, @Nullable Spread spread) {
    if (spread != null) {
      add(name, "<= " + Figures.of(target), spread, spread.max() <= target);
    }
  }

  private void add(String name, String target, Spread spread, boolean isReached) {
    var range = Figures.of(spread.min()) + " to " + Figures.of(spread.max());
    verdicts.add(new Verdict(name, target, spread.median(), range, isReached));
  }
}
