package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The operator, and the consumers and batch jobs that it and the chart make. */
class WorkersTest {

  @Test
  void theOperatorIsToldAllThatItsPodsNeed() {
    var settings =
        settings(
            """
            images: {pullPolicy: Always, pullSecrets: [registry]}
            operator: {watchNamespaces: [games], topicRetention: 3d}
            workers:
              podAnnotations: {prometheus.io/scrape: "true"}
              podLabels: {team: shop}
              nodeSelector: {disk: ssd}
              tolerations: [{key: sale, operator: Exists}]
            """);
    var expected =
        Chart.yaml(
            """
            api: http://firstcome-api:8080
            namespaces: [sales, games]
            lease: firstcome-operator
            topic-retention: 3d
            consumer:
              image: firstcome/consumer:VERSION
              resources: {requests: {"[cpu]": 50m, "[memory]": 384Mi}, limits: {"[memory]": 512Mi}}
            batch:
              image: firstcome/batch-job:VERSION
              resources: {requests: {"[cpu]": 50m, "[memory]": 256Mi}, limits: {"[memory]": 512Mi}}
            pods:
              image-pull-policy: Always
              image-pull-secrets: [registry]
              config-maps: [firstcome-servers]
              secrets: [firstcome-database]
              config-checksum: CHECKSUM
              labels: {"[team]": shop}
              annotations: {"[prometheus.io/scrape]": "true"}
              node-selector: {"[disk]": ssd}
              tolerations: [{key: sale, operator: Exists}]
            """
                .replace("VERSION", System.getProperty("project.version"))
                .replace(
                    "CHECKSUM",
                    settings.at("/firstcome/operator/pods/config-checksum").asString()));
    assertThat(settings.at("/firstcome/operator")).isEqualTo(expected);
    assertThat(settings.at("/firstcome/time-zone").asString()).isEqualTo("Asia/Seoul");
    var servers = Chart.bundled("operator: {watchNamespaces: [games]}").all("ConfigMap");
    assertThat(servers)
        .filteredOn(map -> map.at("/metadata/name").asString().equals("firstcome-servers"))
        .extracting(map -> map.at("/metadata/namespace").asString())
        .containsExactlyInAnyOrder("sales", "games");
  }

  @Test
  void theirPodsAreReplacedWhenTheirServersChange() {
    var checksum = "/firstcome/operator/pods/config-checksum";
    var before = settings("{}").at(checksum);
    assertThat(settings("api: {replicas: 2}").at(checksum)).isEqualTo(before);
    assertThat(settings("mysql: {database: other}").at(checksum)).isNotEqualTo(before);
    assertThat(settings("workers: {config: {logging: {level: {root: DEBUG}}}}").at(checksum))
        .isNotEqualTo(before);
  }

  @Test
  void oneOperatorHasTheLeaseTooBecauseAnotherMayCome() {
    var one = Chart.bundled().get("Deployment", "firstcome-operator").at("/spec");
    assertThat(one.at("/replicas").asInt()).isEqualTo(1);
    assertThat(one.at("/strategy/type").asString()).isEqualTo("Recreate");
    var two = "operator: {replicas: 2}";
    for (var values : List.of("{}", two)) {
      assertThat(settings(values).at("/firstcome/operator/lease").asString())
          .isEqualTo("firstcome-operator");
    }
    var strategy = Chart.bundled(two).get("Deployment", "firstcome-operator").at("/spec/strategy");
    assertThat(strategy.at("/type").asString()).isEqualTo("RollingUpdate");
    var variables =
        Chart.bundled(two).pod("Deployment", "firstcome-operator").container().at("/env");
    assertThat(variables.findValuesAsString("name")).contains("POD_NAMESPACE");
  }

  @Test
  void aLaneHasConsumersOfItsOwn() {
    var rendered = Chart.bundled("lanes: {coupons: {partitions: 8, replicas: 2}}");
    var lane = rendered.get("Deployment", "firstcome-lane-coupons");
    assertThat(lane.at("/spec/replicas").asInt()).isEqualTo(2);
    var container = rendered.pod("Deployment", "firstcome-lane-coupons").container();
    assertThat(container.at("/env/0").toString())
        .isEqualTo("{\"name\":\"FIRSTCOME_CONSUMER_TOPIC\",\"value\":\"firstcome.lane.coupons\"}");
    assertThat(container.at("/envFrom").findValuesAsString("name"))
        .containsExactly("firstcome-servers", "firstcome-database");
    assertThat(container.at("/readinessProbe/httpGet/port").asInt()).isEqualTo(9091);
    assertThat(rendered.get("PodDisruptionBudget", "firstcome-lane-coupons").at("/spec/selector"))
        .isEqualTo(lane.at("/spec/selector"));
    // Several lanes select their own pods alone.
    assertThat(lane.at("/spec/selector/matchLabels/firstcome.io~1lane").asString())
        .isEqualTo("coupons");
    assertThat(Chart.bundled().names()).noneMatch(name -> name.contains("lane"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "2a", "2026-12", "2-a", "24h-drops"})
  void aLanesNameNeedsMoreThanDigits(String name) {
    assertThat(Chart.bundled("lanes: {%s: {partitions: 1}}".formatted(name)).names())
        .anyMatch(object -> object.contains("lane-" + name));
  }

  @Test
  void settingsOfTheirsReachThemAsTheyAre() {
    var data =
        Chart.bundled("workers: {config: {firstcome: {consumer: {backoff-max: 9s}}}}")
            .get("ConfigMap", "firstcome-servers")
            .at("/data");
    assertThat(data.at("/SPRING_APPLICATION_JSON").asString())
        .isEqualTo("{\"firstcome\":{\"consumer\":{\"backoff-max\":\"9s\"}}}");
  }

  @Test
  void batchRunsByHandAreMadeFromASuspendedCronJob() {
    var job = Chart.bundled().get("CronJob", "firstcome-batch");
    assertThat(job.at("/spec/suspend").asBoolean()).isTrue();
    assertThat(args(job)).containsExactly("--job=daily-statistics");
    assertThat(job.at("/spec/jobTemplate/spec/backoffLimit").asInt(-1)).isZero();
    assertThat(job.at("/spec/jobTemplate/spec/ttlSecondsAfterFinished").asInt()).isPositive();
  }

  @Test
  void oldRecordsAreRemovedEveryDay() {
    var job =
        Chart.bundled("{timeZone: Europe/Berlin, batch: {retention: {schedule: 1 2 * * *}}}")
            .get("CronJob", "firstcome-retention");
    assertThat(job.at("/spec").has("suspend")).isFalse();
    assertThat(job.at("/spec/schedule").asString()).isEqualTo("1 2 * * *");
    assertThat(job.at("/spec/timeZone").asString()).isEqualTo("Europe/Berlin");
    assertThat(args(job)).containsExactly("--job=metadata-retention");
  }

  private static List<String> args(JsonNode job) {
    var container = job.at("/spec/jobTemplate/spec/template/spec/containers/0");
    return container.at("/args").valueStream().map(JsonNode::asString).toList();
  }

  private static JsonNode settings(String values) {
    return Chart.bundled(values).settings("firstcome-operator", "firstcome-operator.yml");
  }
}
