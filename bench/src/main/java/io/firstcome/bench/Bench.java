package io.firstcome.bench;

import io.firstcome.bench.Options.Experiment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Runs the experiments and shows what came of them. */
public final class Bench {
  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  private final PrintStream out;
  private final long started = System.nanoTime();

  private Bench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(run(System.out, args));
  }

  /** Returns the exit code. */
  static int run(PrintStream out, String... arguments) {
    return new Bench(out).run(List.of(arguments));
  }

  private int run(List<String> arguments) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + ", see ./firstcome bench --help.");
      return REFUSED;
    }
    try {
      run(options);
      return 0;
    } catch (InvalidRunException e) {
      out.println("The run is void: " + e.getMessage());
      return FAILED;
    } catch (Exception e) {
      e.printStackTrace();
      return FAILED;
    }
  }

  private void run(Options options) throws Exception {
    Files.createDirectories(Path.of("target", "bench"));
    if (options.json() != null && options.json().toAbsolutePath().getParent() != null) {
      Files.createDirectories(options.json().toAbsolutePath().getParent());
    }
    try (var stage = new Stage()) {
      var machine = Machine.describe(stage);
      machine.forEach((name, value) -> out.println(name + ": " + value));
      var results = new Results();
      if (options.experiments().contains(Experiment.EXPERIMENT1)) {
        runDoors(stage, options, results);
      }
      if (options.experiments().contains(Experiment.EXPERIMENT2)) {
        new Partitions(stage, options.scale(), results, this::tell).run();
      }
      if (options.experiments().contains(Experiment.EXPERIMENT3)) {
        new RawAgainstAggregated(stage, options.scale(), results, this::tell).run();
      }
      show(new Report(machine, results), options);
    }
  }

  private void runDoors(Stage stage, Options options, Results results) throws Exception {
    tell("experiment 1: starting the variants");
    try (var doors = new Doors(stage)) {
      if (!doors.variants().contains(Doors.REDIS)) {
        out.println(
            "B2 is left out: no redis-server or valkey-server here. To include it, for example:"
                + " apt-get install redis-server");
      }
      new SyncAgainstLog(doors, new Gate(stage), options.scale(), results, this::tell).run();
    }
  }

  private void show(Report report, Options options) throws IOException {
    out.println();
    out.print(report.tables());
    var json = Objects.requireNonNullElse(options.json(), Path.of("target", "bench", "bench.json"));
    var chart = Path.of(json.toString().replaceFirst("(\\.json)?$", ".svg"));
    report.writeJson(json);
    report.writeChart(chart);
    out.println();
    out.println("All figures: " + json.toAbsolutePath());
    out.println("Chart: " + chart.toAbsolutePath());
    if (options.scale().isSmoke()) {
      out.println("This was the smoke form: everything runs, and nothing is said of speed.");
    }
  }

  private void tell(String what) {
    var since = Duration.ofNanos(System.nanoTime() - started);
    out.printf("%3d:%02d %s%n", since.toMinutes(), since.toSecondsPart(), what);
  }
}
