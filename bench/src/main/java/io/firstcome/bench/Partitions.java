package io.firstcome.bench;

import io.firstcome.bench.Drain.Drained;
import io.firstcome.bench.Results.Metric;
import io.firstcome.bench.Stage.Campaign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Experiment 2: a log that is full, decided record by record and in batches, on one partition and
 * on four. Beside it the limits: filling the log, reading it, and writing the rows.
 */
final class Partitions {
  static final String LIMIT_PRODUCE = "L2 append only";
  static final String LIMIT_CONSUME = "L3 read only";
  static final String LIMIT_INSERT = "L4 insert only";
  static final Metric ACCURACY = new Metric("Order over 4 partitions", "% of records in order");
  static final Metric INSERT = new Metric("Limit: rows of our table, one connection", "rows/s");
  private static final Metric LOG = new Metric("Limit: the log alone", "records/s");

  private final Stage stage;
  private final Scale scale;
  private final Results results;
  private final Consumer<String> progress;
  private final Gate gate;
  private final RawInsert rawInsert;

  Partitions(Stage stage, Scale scale, Results results, Consumer<String> progress) {
    this.stage = stage;
    this.scale = scale;
    this.results = results;
    this.progress = progress;
    this.gate = new Gate(stage);
    this.rawInsert = new RawInsert(stage);
  }

  /** Records decided in a second. */
  static Metric rate(int messages, int partitions) {
    return new Metric("Drain of %,d on %d".formatted(messages, partitions), "records/s");
  }

  static Metric seconds(int messages, int partitions) {
    return new Metric("Drain of %,d on %d, duration".formatted(messages, partitions), "s");
  }

  static Metric cpu(int messages, int partitions) {
    return new Metric("Drain of %,d on %d, consumer".formatted(messages, partitions), "CPU µs");
  }

  static Metric batch(int messages, int partitions) {
    return new Metric(
        "Drain of %,d on %d, batches".formatted(messages, partitions), "records a transaction");
  }

  private record Run(int messages, int partitions, boolean isOurs) {}

  void run() throws Exception {
    try (var drainer = Subject.start("drain", stage.environment())) {
      var drain = new Drain(stage, drainer);
      warmUp(drain);
      var runs = runs();
      for (int round = 1; round <= scale.rounds(); round++) {
        for (var run : round % 2 == 1 ? runs : runs.reversed()) {
          progress.accept(
              "experiment 2, round %d of %d: %,d on %d, %s"
                  .formatted(
                      round,
                      scale.rounds(),
                      run.messages(),
                      run.partitions(),
                      run.isOurs() ? Doors.OURS : Doors.RECORD));
          measure(drain, run);
        }
        measureLimits(drain);
      }
    }
  }

  private void warmUp(Drain drain) throws Exception {
    if (scale.isSmoke()) {
      return;
    }
    progress.accept("experiment 2: warming up");
    for (int i = 0; i < 3; i++) {
      var ours = stage.campaign(1, 10);
      drain.fill(ours, 50_000);
      drain.firstcome(ours, 50_000);
    }
    var theirs = stage.baselineCampaign(1, 10);
    drain.fill(theirs, 10_000);
    drain.recordByRecord(theirs, 10_000);
    var _ = rawInsert.rowsPerSecond(50_000);
  }

  private List<Run> runs() {
    var runs = new ArrayList<Run>();
    for (int partitions : List.of(1, 4)) {
      for (int messages : scale.messages()) {
        runs.add(new Run(messages, partitions, true));
      }
      runs.add(new Run(scale.recordMessages(), partitions, false));
    }
    return Collections.unmodifiableList(runs);
  }

  private void measure(Drain drain, Run run) throws Exception {
    int stock = run.messages() / 10;
    var campaign =
        run.isOurs()
            ? stage.campaign(run.partitions(), stock)
            : stage.baselineCampaign(run.partitions(), stock);
    drain.fill(campaign, run.messages());
    Drained drained;
    String variant;
    String table;
    if (run.isOurs()) {
      drained = drain.firstcome(campaign, run.messages());
      gate.checkFirstcome(campaign, run.messages(), run.messages());
      variant = Doors.OURS;
      table = "participation";
    } else {
      drained = drain.recordByRecord(campaign, run.messages());
      long oversold = gate.oversold(campaign, run.messages());
      if (oversold > 0) {
        throw new InvalidRunException("the listener has sold %d too many".formatted(oversold));
      }
      variant = Doors.RECORD;
      table = "baseline_result";
    }
    results.add(
        rate(run.messages(), run.partitions()), variant, run.messages() / drained.seconds());
    results.add(seconds(run.messages(), run.partitions()), variant, drained.seconds());
    results.add(cpu(run.messages(), run.partitions()), variant, drained.cpuMicros());
    addOrder(run, variant, table, campaign);
  }

  private void addOrder(Run run, String variant, String table, Campaign campaign) throws Exception {
    try (var connection = stage.connect()) {
      if (run.isOurs()) {
        results.add(
            batch(run.messages(), run.partitions()),
            variant,
            Order.batchSize(connection, campaign));
      }
      double accuracy = Order.accuracy(connection, table, campaign);
      if (run.partitions() > 1) {
        results.add(ACCURACY, variant + ", " + run.messages(), accuracy);
      } else if (accuracy < 100) {
        throw new InvalidRunException("one partition is not in order: %.2f %%".formatted(accuracy));
      }
    }
  }

  private void measureLimits(Drain drain) throws Exception {
    int count = scale.messages().getLast();
    var campaign = stage.campaign(1, 1);
    results.add(LOG, LIMIT_PRODUCE, count / drain.fill(campaign, count));
    results.add(LOG, LIMIT_CONSUME, count / drain.read(campaign, count));
    results.add(INSERT, LIMIT_INSERT, rawInsert.rowsPerSecond(count));
  }
}
