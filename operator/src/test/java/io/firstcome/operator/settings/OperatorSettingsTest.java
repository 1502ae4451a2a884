package io.firstcome.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OperatorSettingsTest {
  @Test
  void defaults() {
    var none = new OperatorSettings.Resources(Map.of(), Map.of());
    var workload = new OperatorSettings.Workload(null, none);
    assertThat(bind(Map.of()))
        .isEqualTo(
            new OperatorSettings(
                URI.create("http://localhost:8080"),
                null,
                Set.of("default"),
                null,
                Duration.ofDays(7),
                workload,
                workload,
                new OperatorSettings.Pods(
                    "IfNotPresent",
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of())));
  }

  @Test
  void everyKey() {
    var o = "firstcome.operator.";
    var settings =
        bind(
            Map.ofEntries(
                Map.entry(o + "api", "http://api:1"),
                Map.entry(o + "token", "secret-word"),
                Map.entry(o + "namespaces", "a,b"),
                Map.entry(o + "lease", "l"),
                Map.entry(o + "topic-retention", "3d"),
                Map.entry(o + "consumer.image", "c:1"),
                Map.entry(o + "consumer.resources.requests.cpu", "1"),
                Map.entry(o + "consumer.resources.limits.ephemeral-storage", "2Gi"),
                Map.entry(o + "batch.image", "b:1"),
                Map.entry(o + "batch.resources.requests.memory", "3Gi"),
                Map.entry(o + "pods.image-pull-policy", "Never"),
                Map.entry(o + "pods.image-pull-secrets[0]", "s0"),
                Map.entry(o + "pods.config-maps[0]", "m0"),
                Map.entry(o + "pods.secrets[0]", "s1"),
                Map.entry(o + "pods.config-checksum", "sum"),
                Map.entry(o + "pods.labels.team", "x"),
                Map.entry(o + "pods.annotations[prometheus.io/scrape]", "true"),
                Map.entry(o + "pods.node-selector[kubernetes.io/os]", "linux"),
                Map.entry(o + "pods.tolerations[0].key", "k"),
                Map.entry(o + "pods.tolerations[0].toleration-seconds", "9")));
    assertThat(settings)
        .isEqualTo(
            new OperatorSettings(
                URI.create("http://api:1"),
                "secret-word",
                Set.of("a", "b"),
                "l",
                Duration.ofDays(3),
                new OperatorSettings.Workload(
                    "c:1",
                    new OperatorSettings.Resources(
                        Map.of("cpu", "1"), Map.of("ephemeral-storage", "2Gi"))),
                new OperatorSettings.Workload(
                    "b:1", new OperatorSettings.Resources(Map.of("memory", "3Gi"), Map.of())),
                new OperatorSettings.Pods(
                    "Never",
                    List.of("s0"),
                    List.of("m0"),
                    List.of("s1"),
                    "sum",
                    Map.of("team", "x"),
                    Map.of("prometheus.io/scrape", "true"),
                    Map.of("kubernetes.io/os", "linux"),
                    List.of(new OperatorSettings.Toleration("k", null, null, null, 9L)))));
    assertThat(settings.toString()).doesNotContain("secret-word");
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertThatThrownBy(() -> bind(Map.of("firstcome.operator.topic-retention", "1s")))
        .rootCause()
        .hasMessage("firstcome.operator.topic-retention must be at least 1h, was PT1S");
    assertThatThrownBy(() -> bind(Map.of("firstcome.operator.namespaces", "")))
        .rootCause()
        .hasMessage("firstcome.operator.namespaces must name a namespace");
  }

  private static OperatorSettings bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("firstcome.operator", OperatorSettings.class);
  }
}
