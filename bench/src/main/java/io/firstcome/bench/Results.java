package io.firstcome.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The figures of a run: of each metric and variant one a round, in the order of the rounds. */
final class Results {
  private final Map<Metric, Map<String, List<Double>>> values = new LinkedHashMap<>();

  /** What was measured, and in what unit. */
  record Metric(String name, String unit) {}

  /** Median and range. */
  record Spread(double median, double min, double max) {
    static Spread of(List<Double> values) {
      var sorted = new ArrayList<>(values);
      Collections.sort(sorted);
      int middle = sorted.size() / 2;
      double median =
          sorted.size() % 2 == 1
              ? sorted.get(middle)
              : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
      return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
  }

  void add(Metric metric, String variant, double value) {
    values
        .computeIfAbsent(metric, key -> new LinkedHashMap<>())
        .computeIfAbsent(variant, key -> new ArrayList<>())
        .add(value);
  }

  /** Of every metric the variants, in the order in which they came. */
  Map<Metric, Map<String, List<Double>>> all() {
    return values;
  }

  boolean has(Metric metric, String variant) {
    return values.getOrDefault(metric, Map.of()).containsKey(variant);
  }

  Spread spread(Metric metric, String variant) {
    return Spread.of(of(metric, variant));
  }

  /**
   * How many times the one variant's figure is the other's: the spread of the ratios of each round,
   * since what disturbs a machine disturbs both halves of a round. Null if one was not measured.
   */
  @Nullable Spread ratio(Metric metric, String variant, String other) {
    return ratio(metric, variant, metric, other);
  }

  @Nullable Spread ratio(Metric metric, String variant, Metric otherMetric, String other) {
    if (!has(metric, variant) || !has(otherMetric, other)) {
      return null;
    }
    var above = of(metric, variant);
    var below = of(otherMetric, other);
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
      ratios.add(above.get(i) / below.get(i));
    }
    return Spread.of(ratios);
  }

  private List<Double> of(Metric metric, String variant) {
    return Objects.requireNonNull(Objects.requireNonNull(values.get(metric)).get(variant));
  }
}
