package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MonitoringTest {
  private static final String ALL =
      """
      monitoring:
        force: true
        labels: {release: prometheus}
        serviceMonitor: {enabled: true}
        podMonitor: {enabled: true}
        rules: {enabled: true}
        dashboard: {enabled: true}
      """;
  private static final Pattern OWN_METRIC = Pattern.compile("firstcome_[a-z_]+");
  private static final Pattern METER = Pattern.compile("\"(firstcome\\.[a-z.]+)\"");

  @Test
  void isOffUntilItIsWanted() {
    assertThat(Chart.bundled().names()).noneMatch(name -> name.contains("onitor"));
    assertThat(Chart.bundled().has("ConfigMap", "firstcome-dashboard")).isFalse();
  }

  @Test
  void makesNoMonitorsThatTheClusterDoesNotKnow() {
    var rendered = Chart.bundled(ALL, "monitoring: {force: false}");
    assertThat(rendered.names()).noneMatch(name -> name.contains("Monitor"));
    assertThat(rendered.all("PrometheusRule")).isEmpty();
    assertThat(rendered.has("ConfigMap", "firstcome-dashboard")).isTrue();
  }

  @Test
  void readsTheApiAndTheOperatorThroughServicesThatExist() {
    var rendered = Chart.bundled(ALL);
    for (var part : new String[] {"api", "operator"}) {
      var monitor = rendered.get("ServiceMonitor", "firstcome-" + part);
      assertThat(monitor.at("/metadata/labels/release").asString()).isEqualTo("prometheus");
      var service = rendered.get("Service", "firstcome-" + part + "-metrics");
      assertThat(service.at("/metadata/labels").properties())
          .containsAll(monitor.at("/spec/selector/matchLabels").properties());
      var pod = rendered.pod("Deployment", "firstcome-" + part);
      assertThat(pod.template().at("/metadata/labels").properties())
          .containsAll(service.at("/spec/selector").properties());
      assertThat(pod.container().at("/ports").findValuesAsString("name"))
          .contains(service.at("/spec/ports/0/targetPort").asString());
      assertThat(monitor.at("/spec/endpoints/0/port")).isEqualTo(service.at("/spec/ports/0/name"));
    }
    // The api's own Service, which may be published, is not read.
    assertThat(rendered.get("Service", "firstcome-api").at("/metadata/labels").propertyNames())
        .doesNotContain("firstcome.io/metrics");
  }

  @Test
  void readsTheConsumersOfLanesAndOfCampaigns() {
    var rendered = Chart.bundled(ALL, "lanes: {coupons: {partitions: 1}}");
    var lanes = rendered.get("PodMonitor", "firstcome-lanes").at("/spec");
    var lane = rendered.pod("Deployment", "firstcome-lane-coupons");
    assertThat(lane.template().at("/metadata/labels").properties())
        .containsAll(lanes.at("/selector/matchLabels").properties());
    assertThat(lane.container().at("/ports/0/name"))
        .isEqualTo(lanes.at("/podMetricsEndpoints/0/port"));
    var campaigns = rendered.get("PodMonitor", "firstcome-consumers").at("/spec");
    assertThat(campaigns.at("/selector/matchLabels/app.kubernetes.io~1name").asString())
        .isEqualTo("firstcome-consumer");
    assertThat(campaigns.at("/namespaceSelector/matchNames").toString()).isEqualTo("[\"sales\"]");
  }

  @Test
  void asksOnlyForMetricsThatAreMeasured() throws IOException {
    var meters = meters();
    assertThat(meters).contains("firstcome_decided", "firstcome_partitions_halted");
    var rules = Chart.bundled(ALL).get("PrometheusRule", "firstcome-rules").toString();
    var asked = new TreeSet<String>();
    for (var text : new String[] {rules, dashboard().toString()}) {
      OWN_METRIC.matcher(text).results().forEach(found -> asked.add(found.group()));
    }
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(asked)
        .allSatisfy(metric ->
            assertThat(meters)
                .contains(metric.replaceFirst("(_seconds)?(_total|_count|_sum|_max)?$", "")));
  }

  @Test
  void theDashboardIsCompleteAndOnlyGrafanaKnowsTheSource() {
    var dashboard = dashboard();
    assertThat(dashboard.at("/uid").asString()).isEqualTo("firstcome");
    assertThat(dashboard.at("/panels"))
        .allSatisfy(panel -> {
          assertThat(panel.at("/title").asString()).isNotBlank();
          assertThat(panel.at("/description").asString()).isNotBlank();
          assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${source}");
          assertThat(panel.at("/targets")).isNotEmpty();
        });
    assertThat(dashboard.at("/panels").findValuesAsString("id")).doesNotHaveDuplicates();
  }

  @Test
  void countsNoTopicTwice() {
    // Kafka's client reports each topic a second time, with underscores for dots.
    assertThat(dashboard().findValuesAsString("expr"))
        .filteredOn(query -> query.contains("records_lag"))
        .isNotEmpty()
        .allSatisfy(query -> assertThat(query).contains("topic!~\"firstcome_.+\""));
  }

  private static JsonNode dashboard() {
    var map = Chart.bundled(ALL).get("ConfigMap", "firstcome-dashboard");
    assertThat(map.at("/metadata/labels/grafana_dashboard").asString()).isEqualTo("1");
    return Chart.yaml(map.at("/data").get("firstcome.json").asString());
  }

  /** As Prometheus names them, without what it adds. */
  private static Set<String> meters() throws IOException {
    var meters = new TreeSet<String>();
    for (var module : new String[] {"api", "consumer", "operator"}) {
      try (var files = Files.walk(Path.of("..", module, "src/main/java"))) {
        for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          METER
              .matcher(Files.readString(file))
              .results()
              .forEach(found -> meters.add(found.group(1).replace('.', '_')));
        }
      }
    }
    return meters;
  }
}
