package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NetworkPolicyTest {
  private static final String ON =
      """
      networkPolicy:
        enabled: true
        metricsFrom: [{namespaceSelector: {matchLabels: {team: monitoring}}}]
      """;

  @Test
  void isOffUntilItIsWanted() {
    assertThat(Chart.bundled().all("NetworkPolicy")).isEmpty();
  }

  @Test
  void everyoneMayCallTheApiAndOnlyMonitoringItsManagement() {
    var ingress = policy(Chart.bundled(ON), "api").at("/ingress");
    assertThat(ingress).hasSize(2);
    assertThat(ingress.at("/0").toString()).isEqualTo("{\"ports\":[{\"port\":\"http\"}]}");
    assertThat(ingress.at("/1/ports/0/port").asString()).isEqualTo("management");
    assertThat(ingress.at("/1/from/0/namespaceSelector/matchLabels/team").asString())
        .isEqualTo("monitoring");
    var closed = "networkPolicy: {enabled: true, apiFrom: [{podSelector: {}}]}";
    var narrow = policy(Chart.bundled(closed), "api").at("/ingress");
    assertThat(narrow).hasSize(1);
    // The operator, helm test and the load scenarios still come through.
    assertThat(narrow.at("/0/from")).hasSize(3);
    assertThat(narrow.at("/0/from/1").toString()).contains("operator", "test");
    assertThat(narrow.at("/0/from/2/podSelector/matchLabels/app.kubernetes.io~1name").asString())
        .isEqualTo("firstcome-k6");
  }

  @Test
  void onlyOurPodsReachTheBundledServers() {
    var rendered = Chart.bundled(ON, "operator: {watchNamespaces: [games]}");
    var kafka = policy(rendered, "kafka");
    var mysql = policy(rendered, "mysql");
    assertThat(components(kafka)).containsExactly("api", "lane", "batch", "operator");
    assertThat(components(mysql)).containsExactly("api", "lane", "batch");
    for (var server : List.of(kafka, mysql)) {
      assertThat(server.at("/ingress")).hasSize(1);
      var workers = server.at("/ingress/0/from/1");
      assertThat(workers.at("/podSelector/matchLabels/app.kubernetes.io~1managed-by").asString())
          .isEqualTo("firstcome-operator");
      assertThat(workers.at("/namespaceSelector/matchExpressions/0/values").toString())
          .isEqualTo("[\"sales\",\"games\"]");
      assertThat(server.at("/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
      assertThat(server.has("egress")).isFalse();
    }
  }

  @Test
  void workersReachTheServersAndNothingElse() {
    var rendered = Chart.bundled(ON);
    for (var part : List.of("lane", "batch", "campaigns")) {
      assertThat(ports(policy(rendered, part)))
          .as(part)
          .containsExactly("53", "53", "9092", "3306");
    }
    assertThat(ports(policy(rendered, "operator")))
        .containsExactly("53", "53", "9092", "8080", "443", "6443");
    var outside = Chart.external(ON, "mysql: {external: {port: 3307}}");
    assertThat(ports(policy(outside, "lane"))).containsExactly("53", "53", "9093", "9093", "3307");
    assertThat(outside.has("NetworkPolicy", "firstcome-kafka")).isFalse();
  }

  @Test
  void everyPodThatServesOrWorksHasOne() {
    var rendered = Chart.bundled(ON, "lanes: {coupons: {partitions: 1}}");
    var selected =
        rendered
            .all("NetworkPolicy")
            .map(policy -> policy.at("/spec/podSelector/matchLabels"))
            .toList();
    assertThat(rendered.pods())
        .filteredOn(pod -> !List.of("firstcome-test", "firstcome-uninstall").contains(pod.name()))
        .allSatisfy(pod ->
            assertThat(selected)
                .anySatisfy(labels ->
                    assertThat(pod.template().at("/metadata/labels").properties())
                        .containsAll(labels.properties())));
  }

  private static JsonNode policy(Rendered rendered, String part) {
    return rendered.get("NetworkPolicy", "firstcome-" + part).at("/spec");
  }

  private static List<String> components(JsonNode policy) {
    var values = policy.at("/ingress/0/from/0/podSelector/matchExpressions/0/values");
    return values.valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> ports(JsonNode policy) {
    return policy.at("/egress").findValuesAsString("port");
  }
}
