package io.firstcome.operator.plan;

import io.firstcome.operator.settings.OperatorSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings in which everything is said. */
public final class TestSettings {
  private TestSettings() {}

  public static OperatorSettings of(URI api, Set<String> namespaces) {
    return new OperatorSettings(
        api,
        "only-for-tests",
        namespaces,
        null,
        Duration.ofDays(7),
        new OperatorSettings.Workload(
            "firstcome/consumer:1",
            new OperatorSettings.Resources(
                Map.of("cpu", "250m", "memory", "512Mi"), Map.of("memory", "512Mi"))),
        new OperatorSettings.Workload(
            "firstcome/batch-job:1",
            new OperatorSettings.Resources(Map.of("cpu", "0.1"), Map.of("memory", "1024Mi"))),
        new OperatorSettings.Pods(
            "IfNotPresent",
            List.of("registry"),
            List.of("firstcome-servers"),
            List.of("firstcome-database"),
            "abc",
            Map.of("team", "sales"),
            Map.of("prometheus.io/scrape", "true"),
            Map.of("kubernetes.io/os", "linux"),
            List.of(
                new OperatorSettings.Toleration(
                    "dedicated", "Equal", "firstcome", "NoSchedule", null))));
  }
}
