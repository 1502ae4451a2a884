package io.firstcome.bench;

import io.firstcome.bench.OpenLoop.Outcome;
import io.firstcome.bench.OpenLoop.Plan;
import io.firstcome.bench.Results.Metric;
import io.firstcome.bench.Stage.Campaign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Experiment 1: deciding while the participant waits against deciding from the log. A crowd that
 * comes in one moment, a campaign that opens, a steady trickle, the capacity, and twice the
 * capacity.
 */
final class SyncAgainstLog {
  static final Metric CROWD_FIRST = ms("Crowd: first answer, p99");
  static final Metric CROWD_RESULT = ms("Crowd: result known, p99");
  static final Metric CROWD_SUCCESS = new Metric("Crowd: answered well", "%");
  static final Metric CROWD_OVERSOLD = new Metric("Crowd: sold too many", "of 50");
  static final Metric OPENING_RESULT = ms("Opening (500/s): result known, p99");
  static final Metric OPENING_CPU =
      new Metric("Opening (500/s): application", "CPU µs a participation");
  static final Metric OPENING_COMPILED_CPU =
      new Metric("Opening (500/s): application without its compilers", "CPU µs a participation");
  static final Metric OPENING_SENDER_CPU =
      new Metric("Opening (500/s): sender", "CPU µs a participation");
  static final Metric OPENING_SENDER_LATE = ms("Opening (500/s): sender behind its plan, p99");
  static final Metric STEADY_MEAN = ms("100/s: first answer, mean");
  static final Metric STEADY_P95 = ms("100/s: first answer, p95");
  static final Metric STEADY_P99 = ms("100/s: first answer, p99");
  static final Metric CAPACITY = new Metric("Capacity at p99 <= 50 ms", "requests/s");
  static final Metric SCRIPTS = new Metric("Limit: the script of B2", "decisions/s");
  static final Metric OVERLOAD = new Metric("Goodput at twice the capacity", "of the capacity");

  private static final double P99_MAX_MS = 50;
  private static final double LEAST_RATE = 20;
  private static final int STOCK = 50;

  /** How long after the last answer all must be decided and written. */
  private static final double BEHIND_MAX_S = 1;

  // A rate that B1 can follow from its first second on, and what it is raised by in each turn.
  private static final double WARM_UP_RATE = 250;
  private static final double WARM_UP_RAISE = 1.5;
  private static final double WARM_UP_SECONDS = 8;
  private static final double WARM_UP_P99_MAX_MS = 1_000;
  private static final int WARM_UPS = 8;
  private static final Duration COMPILING_MAX = Duration.ofMinutes(3);
  private static final double QUIET = 0.05;
  private static final Duration AFTER_STEP = Duration.ofSeconds(2);
  private static final Duration UNTIL_ALL_ARE_ANSWERED = Duration.ofSeconds(30);

  private final Doors doors;
  private final Scale scale;
  private final Results results;
  private final Consumer<String> progress;
  private final Gate gate;
  private final Map<String, Double> capacities = new HashMap<>();

  SyncAgainstLog(Doors doors, Gate gate, Scale scale, Results results, Consumer<String> progress) {
    this.doors = doors;
    this.gate = gate;
    this.scale = scale;
    this.results = results;
    this.progress = progress;
  }

  private static Metric ms(String name) {
    return new Metric(name, "ms");
  }

  void run() throws Exception {
    warmUp();
    for (int round = 1; round <= scale.rounds(); round++) {
      var order = new ArrayList<>(doors.variants());
      if (round % 2 == 0) {
        Collections.reverse(order);
      }
      begin(round, "a crowd");
      for (var variant : without(order, Doors.EMPTY)) {
        crowd(variant);
      }
      begin(round, "an opening");
      for (var variant : without(order, Doors.EMPTY)) {
        opening(variant);
      }
      begin(round, "100 a second");
      for (var variant : order) {
        steady(variant);
      }
      doors.scriptsPerSecond().ifPresent(rate -> results.add(SCRIPTS, Doors.SCRIPT, rate));
      begin(round, "the capacity");
      for (var variant : order) {
        capacity(variant);
      }
      begin(round, "twice the capacity");
      overload(Doors.OURS);
    }
  }

  private void begin(int round, String what) throws InterruptedException {
    progress.accept("experiment 1, round %d of %d: %s".formatted(round, scale.rounds(), what));
    awaitCompilers();
  }

  private static List<String> without(List<String> variants, String one) {
    return variants.stream().filter(variant -> !variant.equals(one)).toList();
  }

  /**
   * Until the code is compiled: cold starts are another question. All variants for the same time,
   * each as fast as it follows.
   */
  private void warmUp() throws Exception {
    if (scale.isSmoke()) {
      return;
    }
    var rates = new HashMap<String, Double>();
    for (int i = 1; i <= WARM_UPS; i++) {
      progress.accept("experiment 1: warming up, %d of %d".formatted(i, WARM_UPS));
      for (var variant : doors.variants()) {
        double rate = rates.getOrDefault(variant, WARM_UP_RATE);
        var campaign = doors.campaign(variant, STOCK);
        var outcome = doors.sendAndWait(variant, campaign, Plan.rate(rate, WARM_UP_SECONDS));
        check(variant, campaign, outcome);
        boolean follows = millis(outcome.last, 99) < WARM_UP_P99_MAX_MS;
        rates.put(variant, follows ? rate * WARM_UP_RAISE : WARM_UP_RATE);
      }
    }
  }

  /** What is still waiting for the compilers would be compiled while others are measured. */
  private void awaitCompilers() throws InterruptedException {
    if (scale.isSmoke()) {
      return;
    }
    long giveUp = System.nanoTime() + COMPILING_MAX.toNanos();
    while (System.nanoTime() < giveUp) {
      var before = cpuOfAll();
      Thread.sleep(1_000);
      if (cpuOfAll().minus(before).toNanos() / 1e9 < QUIET * doors.variants().size()) {
        return;
      }
    }
    progress.accept("  the compilers are still at work: the figures will be worse than need be");
  }

  private Duration cpuOfAll() {
    return doors.variants().stream()
        .map(variant -> doors.subject(variant).cpu())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void crowd(String variant) throws Exception {
    var campaign = doors.campaign(variant, STOCK);
    var outcome = doors.sendAndAsk(variant, campaign, Plan.atOnce(scale.crowd()));
    requireSuccess(variant, outcome);
    long oversold = check(variant, campaign, outcome);
    results.add(CROWD_FIRST, variant, millis(outcome.first, 99));
    results.add(CROWD_RESULT, variant, millis(outcome.last, 99));
    results.add(CROWD_SUCCESS, variant, 100.0 * outcome.succeeded / outcome.all());
    results.add(CROWD_OVERSOLD, variant, (double) oversold);
  }

  private void opening(String variant) throws Exception {
    var campaign = doors.campaign(variant, scale.openingRate());
    var subject = doors.subject(variant);
    var before = subject.cpu();
    var beforeCompiled = subject.cpuWithoutCompilers();
    var plan = Plan.rate(scale.openingRate(), scale.openingSeconds());
    var outcome = doors.sendAndWait(variant, campaign, plan);
    requireSuccess(variant, outcome);
    check(variant, campaign, outcome);
    var spent = subject.cpu().minus(before);
    var spentCompiled = subject.cpuWithoutCompilers().minus(beforeCompiled);
    results.add(OPENING_RESULT, variant, millis(outcome.last, 99));
    results.add(OPENING_CPU, variant, spent.toNanos() / 1e3 / outcome.succeeded);
    results.add(OPENING_COMPILED_CPU, variant, spentCompiled.toNanos() / 1e3 / outcome.succeeded);
    results.add(OPENING_SENDER_CPU, variant, outcome.cpu.toNanos() / 1e3 / outcome.all());
    results.add(OPENING_SENDER_LATE, variant, millis(outcome.late, 99));
  }

  private void steady(String variant) throws Exception {
    var campaign = doors.campaign(variant, STOCK);
    var plan = Plan.rate(100, scale.steadySeconds());
    var outcome = doors.send(variant, campaign, plan, UNTIL_ALL_ARE_ANSWERED);
    requireSuccess(variant, outcome);
    check(variant, campaign, outcome);
    results.add(STEADY_MEAN, variant, outcome.first.getMean() / 1e3);
    results.add(STEADY_P95, variant, millis(outcome.first, 95));
    results.add(STEADY_P99, variant, millis(outcome.first, 99));
  }

  /**
   * The highest rate at which 99 of 100 first answers come within 50 ms and nothing piles up,
   * searched downwards in steps of a tenth from what the server does when it is pushed.
   */
  private void capacity(String variant) throws Exception {
    double rate = capacities.getOrDefault(variant, scale.isSmoke() ? 200.0 : 600.0);
    while (holds(variant, rate)) {
      rate *= 1.3;
      if (scale.isSmoke()) {
        break;
      }
    }
    do {
      rate /= 1.1;
    } while (!holds(variant, rate) && rate > LEAST_RATE);
    capacities.put(variant, rate);
    results.add(CAPACITY, variant, rate > LEAST_RATE ? rate : 0);
  }

  /** A rate that fails is tried once more: a machine that others share stutters. */
  private boolean holds(String variant, double rate) throws Exception {
    return isMet(variant, rate) || (!scale.isSmoke() && isMet(variant, rate));
  }

  private boolean isMet(String variant, double rate) throws Exception {
    var campaign = doors.campaign(variant, STOCK);
    var outcome = doors.send(variant, campaign, Plan.rate(rate, scale.stepSeconds()), AFTER_STEP);
    long answered = System.nanoTime();
    if (!variant.equals(Doors.EMPTY)) {
      gate.awaitWritten(variant, campaign, outcome.succeeded);
    }
    double behind = (System.nanoTime() - answered) / 1e9;
    check(variant, campaign, outcome);
    double p99 = millis(outcome.first, 99);
    progress.accept(
        "  %s at %.0f/s: %d of %d answered, p99 %.1f ms, written %.2f s later"
            .formatted(variant, rate, outcome.succeeded, outcome.all(), p99, behind));
    return outcome.succeeded == outcome.all() && p99 <= P99_MAX_MS && behind <= BEHIND_MAX_S;
  }

  private void overload(String variant) throws Exception {
    double capacity = Objects.requireNonNull(capacities.get(variant));
    var campaign = doors.campaign(variant, STOCK);
    var plan = Plan.rate(2 * capacity, 1.5 * scale.stepSeconds());
    var outcome = doors.send(variant, campaign, plan, UNTIL_ALL_ARE_ANSWERED);
    check(variant, campaign, outcome);
    results.add(OVERLOAD, variant, outcome.rate() / capacity);
  }

  /** Latencies leave out whoever got no answer: of ours everybody must; a baseline may fail. */
  private static void requireSuccess(String variant, Outcome outcome) {
    if (variant.equals(Doors.OURS) && outcome.succeeded < outcome.all()) {
      throw new InvalidRunException(
          "%s answered %d of %d, first problem: %s"
              .formatted(variant, outcome.succeeded, outcome.all(), outcome.firstProblem));
    }
  }

  /** The validity gate of one run; returns how many were sold that were not there. */
  private long check(String variant, Campaign campaign, Outcome outcome) throws Exception {
    return switch (variant) {
      case Doors.EMPTY -> 0;
      case Doors.OURS -> {
        gate.checkFirstcome(campaign, outcome.succeeded, outcome.all());
        yield 0;
      }
      default -> gate.oversold(campaign, outcome.succeeded);
    };
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }
}
