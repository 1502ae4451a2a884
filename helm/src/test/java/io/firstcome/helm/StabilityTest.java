package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which pods a change of values restarts. */
class StabilityTest {
  private static final String LANE = "lanes: {coupons: {partitions: 8}}";

  @Test
  void nothingWithoutAChange() {
    assertThat(restartedBy("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api: {replicas: 3}                                    |
          api: {autoscaling: {enabled: true}}                   |
          api: {service: {type: NodePort}}                      |
          ingress: {enabled: true, hosts: [sale.example.com]}   |
          monitoring: {force: true, dashboard: {enabled: true}} |
          monitoring: {force: true, serviceMonitor: {enabled: true}, podMonitor: {enabled: true}} |
          networkPolicy: {enabled: true}                        |
          crds: {install: false}                                |
          rbac: {aggregateClusterRoles: false}                  |
          lanes: {coupons: {replicas: 4}}                       |
          operator: {replicas: 2}                               |
          batch: {retention: {schedule: "0 5 * * *"}}           |
          api: {resources: {requests: {cpu: 60m}}}              | api
          api: {config: {firstcome: {bulk: {enabled: true}}}}   | api
          api: {podAnnotations: {a: b}}                         | api
          lanes: {tickets: {partitions: 1}}                     | api lane-tickets
          operator: {resources: {limits: {memory: 400Mi}}}      | operator
          consumer: {resources: {limits: {memory: 600Mi}}}      | lane-coupons operator
          workers: {config: {firstcome: {consumer: {threads: 2}}}} | lane-coupons operator
          timeZone: Europe/Berlin                               | api lane-coupons operator
          kafka: {bundled: {heapOptions: -Xmx1g}}               | kafka
          mysql: {bundled: {args: [--sort-buffer-size=1M]}}     | mysql
          images: {tag: 9.9.9}                                  | api lane-coupons operator
          """)
  void onlyWhatReadsTheValue(String values, String restarted) {
    var expected = restarted == null ? Set.of() : Set.of(restarted.split(" "));
    assertThat(restartedBy(values)).isEqualTo(expected);
  }

  private static Set<String> restartedBy(String values) {
    var before = templates(Chart.bundled(LANE));
    var after = templates(Chart.bundled(LANE, values));
    var changed = new TreeSet<String>();
    after.forEach((name, template) -> {
      if (!template.equals(before.get(name))) {
        changed.add(name.substring("firstcome-".length()));
      }
    });
    return changed;
  }

  private static Map<String, JsonNode> templates(Rendered rendered) {
    var templates = new TreeMap<String, JsonNode>();
    for (var pod : rendered.pods()) {
      if (Set.of("Deployment", "StatefulSet").contains(pod.kind())) {
        templates.put(pod.name(), pod.template());
      }
    }
    return templates;
  }
}
