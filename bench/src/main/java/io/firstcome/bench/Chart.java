package io.firstcome.bench;

import io.firstcome.bench.Results.Metric;
import java.util.List;
import java.util.Map;

/** Bars of the metrics that tell most, one group a metric, on a scale of its own. */
final class Chart {
  private static final int WIDTH = 860;
  private static final int LABELS = 260;
  private static final int VALUES = 110;
  private static final int BAR = 20;
  private static final int TITLE = 34;

  private static final List<Metric> METRICS =
      List.of(
          Partitions.rate(100_000, 1),
          Partitions.rate(10_000, 1),
          Partitions.rate(10_000, 4),
          Partitions.INSERT,
          SyncAgainstLog.CAPACITY,
          SyncAgainstLog.CROWD_RESULT,
          SyncAgainstLog.OPENING_RESULT,
          SyncAgainstLog.OPENING_CPU,
          SyncAgainstLog.STEADY_P95,
          RawAgainstAggregated.read(1_000_000));

  private final Results results;

  Chart(Results results) {
    this.results = results;
  }

  String svg() {
    var groups = new StringBuilder();
    int y = 0;
    for (var metric : METRICS) {
      var variants = results.all().get(metric);
      if (variants != null) {
        y = appendGroup(groups, metric, variants, y);
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    font-family="system-ui, sans-serif" font-size="13" role="img" \
    aria-label="Medians of the bench">
    <rect width="%1$d" height="%2$d" fill="#ffffff"/>
    %3$s</svg>
    """
        .formatted(WIDTH, y + BAR, groups);
  }

  private int appendGroup(
      StringBuilder svg, Metric metric, Map<String, List<Double>> variants, int top) {
    int y = top + TITLE;
    svg.append(
        "<text x=\"10\" y=\"%d\" font-weight=\"600\" fill=\"#1b1f24\">%s (%s)</text>%n"
            .formatted(y - 10, escape(metric.name()), escape(metric.unit())));
    double longest =
        variants.keySet().stream()
            .mapToDouble(variant -> results.spread(metric, variant).median())
            .max()
            .orElse(1);
    for (var variant : variants.keySet()) {
      double median = results.spread(metric, variant).median();
      double width = Math.max(1, median / Math.max(longest, 1e-9) * (WIDTH - LABELS - VALUES));
      var colour = variant.startsWith("Firstcome") ? "#0b6bcb" : colour(variant);
      svg.append(
          """
          <text x="%d" y="%d" text-anchor="end" fill="#1b1f24">%s</text>
          <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
          <text x="%.1f" y="%d" fill="#1b1f24">%s</text>
          """
              .formatted(
                  LABELS - 8,
                  y + 14,
                  escape(variant),
                  LABELS,
                  y + 2,
                  width,
                  BAR - 6,
                  colour,
                  LABELS + width + 6,
                  y + 14,
                  Figures.of(median)));
      y += BAR;
    }
    return y;
  }

  /** Limits are lighter than what was built. */
  private static String colour(String variant) {
    return variant.startsWith("L") ? "#c4ccd6" : "#8a95a3";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
