package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiTest {

  @Test
  void isReplacedWithoutAGap() {
    var rendered = Chart.bundled();
    var deployment = rendered.get("Deployment", "firstcome-api");
    var update = deployment.at("/spec/strategy/rollingUpdate");
    assertThat(update.at("/maxUnavailable").asInt(-1)).isZero();
    assertThat(update.at("/maxSurge").asInt()).isEqualTo(1);
    var pod = rendered.pod("Deployment", "firstcome-api");
    var settings = rendered.settings("firstcome-api", "firstcome-api.yml");
    assertThat(settings.at("/firstcome/drain").asString()).isEqualTo("10s");
    // Requests under way, and 10 s for each phase of the shutdown.
    assertThat(pod.spec().at("/terminationGracePeriodSeconds").asInt()).isGreaterThan(10 + 30);
    var budget = rendered.get("PodDisruptionBudget", "firstcome-api").at("/spec");
    assertThat(budget.at("/maxUnavailable").asInt()).isEqualTo(1);
    assertThat(budget.at("/selector")).isEqualTo(deployment.at("/spec/selector"));
    assertThat(pod.spec().at("/topologySpreadConstraints").findValuesAsString("topologyKey"))
        .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
  }

  @Test
  void publishesNoManagement() {
    var rendered = Chart.bundled();
    var ports = rendered.get("Service", "firstcome-api").at("/spec/ports");
    assertThat(ports).hasSize(1);
    assertThat(ports.at("/0/port").asInt()).isEqualTo(8080);
    var container = rendered.pod("Deployment", "firstcome-api").container();
    assertThat(container.at("/ports").findValuesAsString("containerPort"))
        .containsExactly("8080", "9090");
    for (var probe : new String[] {"startupProbe", "readinessProbe", "livenessProbe"}) {
      assertThat(container.at("/" + probe + "/httpGet/port").asString()).isEqualTo("management");
    }
  }

  @Test
  void hasSoManyPodsUnlessAnAutoscalerDecides() {
    var fixed = Chart.bundled("api: {replicas: 3}");
    assertThat(fixed.get("Deployment", "firstcome-api").at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(fixed.all("HorizontalPodAutoscaler")).isEmpty();
    var scaled = Chart.bundled("api: {autoscaling: {enabled: true, maxReplicas: 9}}");
    assertThat(scaled.get("Deployment", "firstcome-api").at("/spec").has("replicas")).isFalse();
    var scaler = scaled.get("HorizontalPodAutoscaler", "firstcome-api").at("/spec");
    assertThat(scaler.at("/scaleTargetRef/name").asString()).isEqualTo("firstcome-api");
    assertThat(scaler.at("/minReplicas").asInt()).isEqualTo(2);
    assertThat(scaler.at("/maxReplicas").asInt()).isEqualTo(9);
  }

  @Test
  void isReachedFromOutsideWithoutWhatIsInternal() {
    assertThat(Chart.bundled().all("Ingress")).isEmpty();
    var ingress =
        Chart.bundled(
                """
                ingress:
                  enabled: true
                  className: nginx
                  hosts: [sale.example.com, sale.example.org]
                  tls: [{hosts: [sale.example.com], secretName: sale-tls}]
                """)
            .get("Ingress", "firstcome-api")
            .at("/spec");
    assertThat(ingress.at("/ingressClassName").asString()).isEqualTo("nginx");
    assertThat(ingress.at("/tls/0/secretName").asString()).isEqualTo("sale-tls");
    assertThat(ingress.at("/rules").findValuesAsString("host"))
        .containsExactly("sale.example.com", "sale.example.org");
    for (var path : ingress.at("/rules/0/http/paths")) {
      boolean exact = path.get("pathType").asString().equals("Exact");
      assertThat(path.get("path").asString().equals("/")).isEqualTo(exact);
      if (!exact) {
        assertThat("/api/internal/campaigns").doesNotStartWith(path.get("path").asString());
      }
    }
  }

  @Test
  void knowsTheClusterAndItsLanes() {
    var settings =
        settings(
            """
            lanes: {coupons: {partitions: 8, replicas: 2}, tickets: {partitions: 1}}
            admin: {name: boss}
            timeZone: Europe/Berlin
            """);
    var own = settings.at("/firstcome");
    assertThat(own.at("/cluster/namespace").asString()).isEqualTo("sales");
    assertThat(own.at("/cluster/batch-cron-job").asString()).isEqualTo("firstcome-batch");
    assertThat(own.at("/lanes").toString())
        .isEqualTo("{\"coupons\":{\"partitions\":8},\"tickets\":{\"partitions\":1}}");
    assertThat(own.at("/admin/name").asString()).isEqualTo("boss");
    assertThat(own.at("/time-zone").asString()).isEqualTo("Europe/Berlin");
  }

  @Test
  void takesAnySettingAndVariable() {
    var values =
        """
        api:
          config:
            firstcome: {topic: {replication-factor: 3}, time-zone: UTC}
            server.tomcat.max-connections: 20000
          env:
            - name: FIRSTCOME_ALERTS_WEBHOOK_URL
              valueFrom: {secretKeyRef: {name: slack, key: url}}
        """;
    var settings = settings(values);
    assertThat(settings.at("/firstcome/topic/replication-factor").asInt()).isEqualTo(3);
    assertThat(settings.at("/firstcome/time-zone").asString()).isEqualTo("UTC");
    assertThat(settings.at("/firstcome/cluster/namespace").asString()).isEqualTo("sales");
    assertThat(settings.get("server.tomcat.max-connections").asInt()).isEqualTo(20000);
    var container = Chart.bundled(values).pod("Deployment", "firstcome-api").container();
    assertThat(container.at("/env").findValuesAsString("name"))
        .contains("FIRSTCOME_ALERTS_WEBHOOK_URL", "SPRING_CONFIG_ADDITIONAL_LOCATION");
  }

  @Test
  void goesWhereItIsSent() {
    var spec =
        Chart.bundled(
                """
                api:
                  nodeSelector: {disk: ssd}
                  tolerations: [{key: sale, operator: Exists}]
                  affinity: {podAffinity: {}}
                  priorityClassName: high
                  topologySpreadConstraints: [{topologyKey: rack}]
                  podLabels: {team: shop}
                """)
            .pod("Deployment", "firstcome-api");
    assertThat(spec.spec().at("/nodeSelector/disk").asString()).isEqualTo("ssd");
    assertThat(spec.spec().at("/tolerations/0/key").asString()).isEqualTo("sale");
    assertThat(spec.spec().at("/affinity").has("podAffinity")).isTrue();
    assertThat(spec.spec().at("/priorityClassName").asString()).isEqualTo("high");
    assertThat(spec.spec().at("/topologySpreadConstraints").toString())
        .isEqualTo("[{\"topologyKey\":\"rack\"}]");
    assertThat(spec.template().at("/metadata/labels/team").asString()).isEqualTo("shop");
  }

  private static JsonNode settings(String values) {
    return Chart.bundled(values).settings("firstcome-api", "firstcome-api.yml");
  }
}
