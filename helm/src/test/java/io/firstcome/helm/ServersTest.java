package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where Kafka and the database are, and how everybody hears of it. */
class ServersTest {

  @Test
  void bundledOnesAreMarkedAsNotForProduction() {
    var rendered = Chart.bundled();
    for (var name : new String[] {"firstcome-kafka", "firstcome-mysql"}) {
      var server = rendered.get("StatefulSet", name);
      assertThat(server.at("/metadata/annotations").get("firstcome.io/not-for-production"))
          .isNotNull();
      assertThat(server.at("/spec/replicas").asInt()).isEqualTo(1);
      assertThat(rendered.has("Service", name)).isTrue();
    }
  }

  @Test
  void theBundledKafkaIsOneNodeThatMakesNoTopicByItself() {
    var kafka = Chart.bundled().pod("StatefulSet", "firstcome-kafka");
    assertThat(environment(kafka.container()))
        .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .containsEntry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
        .containsEntry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
        .containsEntry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
        .containsEntry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://firstcome-kafka.sales.svc:9092");
    // Kafka's tools in the pod reach it under the advertised name.
    assertThat(kafka.spec().at("/hostAliases/0/ip").asString()).isEqualTo("127.0.0.1");
    assertThat(kafka.spec().at("/hostAliases/0/hostnames/0").asString())
        .isEqualTo("firstcome-kafka.sales.svc");
  }

  @Test
  void bundledOnesKeepTheirDataInVolumesUnlessTheyAreSwitchedOff() {
    var rendered =
        Chart.bundled(
            """
            kafka: {bundled: {persistence: {size: 20Gi, storageClass: fast}}}
            mysql: {bundled: {persistence: {enabled: false}}}
            """);
    var claim = rendered.get("StatefulSet", "firstcome-kafka").at("/spec/volumeClaimTemplates/0");
    assertThat(claim.at("/metadata").toString()).isEqualTo("{\"name\":\"data\"}");
    assertThat(claim.at("/spec/resources/requests/storage").asString()).isEqualTo("20Gi");
    assertThat(claim.at("/spec/storageClassName").asString()).isEqualTo("fast");
    var mysql = rendered.get("StatefulSet", "firstcome-mysql");
    assertThat(mysql.at("/spec").has("volumeClaimTemplates")).isFalse();
    assertThat(mysql.at("/spec/template/spec/volumes"))
        .anySatisfy(volume -> {
          assertThat(volume.at("/name").asString()).isEqualTo("data");
          assertThat(volume.has("emptyDir")).isTrue();
        });
  }

  @Test
  void everybodyHearsOfBundledOnes() {
    var rendered = Chart.bundled();
    var api = rendered.settings("firstcome-api", "firstcome-api.yml");
    assertThat(api.at("/spring/kafka/bootstrap-servers").asString())
        .isEqualTo("firstcome-kafka.sales.svc:9092");
    assertThat(api.at("/spring/datasource/url").asString())
        .isEqualTo("jdbc:mysql://firstcome-mysql.sales.svc:3306/firstcome");
    assertThat(texts(rendered.get("ConfigMap", "firstcome-servers").at("/data")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "FIRSTCOME_TIME_ZONE", "Asia/Seoul",
                "SPRING_DATASOURCE_URL", "jdbc:mysql://firstcome-mysql.sales.svc:3306/firstcome",
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "firstcome-kafka.sales.svc:9092"));
    var operator = rendered.settings("firstcome-operator", "firstcome-operator.yml");
    assertThat(operator.at("/spring/kafka/bootstrap-servers").asString())
        .isEqualTo("firstcome-kafka.sales.svc:9092");
  }

  @Test
  void everybodyHearsOfThoseOutside() {
    var rendered =
        Chart.external(
            """
            kafka: {external: {properties: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN}}}
            mysql:
              database: shop
              external: {port: 3307, parameters: {sslMode: VERIFY_IDENTITY, socketTimeout: 9000}}
            """);
    assertThat(rendered.all("StatefulSet")).isEmpty();
    var brokers = "kafka-1.example.com:9093,kafka-2.example.com:9093";
    var url = "jdbc:mysql://mysql.example.com:3307/shop?socketTimeout=9000&sslMode=VERIFY_IDENTITY";
    for (var part : new String[] {"api", "operator"}) {
      var kafka =
          rendered.settings("firstcome-" + part, "firstcome-" + part + ".yml").at("/spring/kafka");
      assertThat(kafka.at("/bootstrap-servers").asString()).isEqualTo(brokers);
      assertThat(texts(kafka.at("/properties")))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));
    }
    var api = rendered.settings("firstcome-api", "firstcome-api.yml");
    assertThat(api.at("/spring/datasource/url").asString()).isEqualTo(url);
    assertThat(texts(rendered.get("ConfigMap", "firstcome-servers").at("/data")))
        .containsEntry("SPRING_DATASOURCE_URL", url)
        .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", brokers)
        // Spring Boot reads these as security.protocol and sasl.mechanism.
        .containsEntry("SPRING_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_SSL")
        .containsEntry("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN");
  }

  private static Map<String, String> environment(JsonNode container) {
    var environment = new TreeMap<String, String>();
    for (var each : container.at("/env")) {
      environment.put(each.at("/name").asString(), each.at("/value").asString());
    }
    return environment;
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new TreeMap<String, String>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }
}
