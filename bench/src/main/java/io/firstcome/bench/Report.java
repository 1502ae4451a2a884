package io.firstcome.bench;

import io.firstcome.bench.Goals.Verdict;
import io.firstcome.bench.Results.Metric;
import io.firstcome.bench.Results.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run has shown: a table for the console and for Markdown, a chart, and everything. */
final class Report {
  private final Map<String, String> machine;
  private final Results results;
  private final List<Verdict> verdicts;

  Report(Map<String, String> machine, Results results) {
    this.machine = machine;
    this.results = results;
    this.verdicts = Goals.judge(results);
  }

  /** Markdown, which is also what a console can show. */
  String tables() {
    var text = new StringBuilder();
    if (!verdicts.isEmpty()) {
      text.append("| Goal | Target | Median | Range of the rounds | |\n|---|---|---|---|---|\n");
      for (var one : verdicts) {
        text.append(
            "| %s | %s | %s | %s | %s |%n"
                .formatted(
                    one.name(),
                    one.target(),
                    Figures.of(one.value()),
                    one.range(),
                    one.isReached() ? "reached" : "MISSED"));
      }
      text.append('\n');
    }
    text.append("| Measured | Unit | Variant | Median | Range of the rounds |\n");
    text.append("|---|---|---|---|---|\n");
    results
        .all()
        .forEach((metric, variants) ->
            variants.keySet().forEach(variant -> appendRow(text, metric, variant)));
    return text.toString();
  }

  private void appendRow(StringBuilder text, Metric metric, String variant) {
    var spread = results.spread(metric, variant);
    text.append(
        "| %s | %s | %s | %s | %s to %s |%n"
            .formatted(
                metric.name(),
                metric.unit(),
                variant,
                Figures.of(spread.median()),
                Figures.of(spread.min()),
                Figures.of(spread.max())));
  }

  /** Everything, for programs. */
  void writeJson(Path file) throws IOException {
    var content = new LinkedHashMap<String, Object>();
    content.put("machine", machine);
    content.put("goals", verdicts);
    var measured = new ArrayList<Map<String, Object>>();
    results
        .all()
        .forEach((metric, variants) ->
            variants.forEach((variant, values) ->
                measured.add(
                    Map.of(
                        "metric", metric.name(),
                        "unit", metric.unit(),
                        "variant", variant,
                        "median", Spread.of(values).median(),
                        "rounds", values))));
    content.put("measured", measured);
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(file, json.writeValueAsString(content) + "\n");
  }

  void writeChart(Path file) throws IOException {
    Files.writeString(file, new Chart(results).svg());
  }
}
