package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What cannot work is refused before anything is installed, in words that help. */
class RefusalsTest {

  @Test
  void saysWhereServersAreMissing() {
    assertThat(Chart.refusal("{}")).contains("Say where Kafka is", "kafka.mode=bundled");
    assertThat(Chart.refusal("kafka: {mode: bundled}"))
        .contains("Say where the database is", "mysql.mode=bundled");
    assertThat(
            Chart.refusal("{kafka: {mode: bundled}, mysql: {external: {host: mysql.example.com}}}"))
        .contains("mysql.external.existingSecret is missing", "SPRING_DATASOURCE_PASSWORD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api: {replica: 2}                            | additional properties 'replica' not allowed
          apis: {}                                     | additional properties 'apis' not allowed
          kafka: {mode: bundeld}                       | value must be one of 'bundled', 'external'
          kafka: {external: {bootstrapServers: k}} | at '/kafka/external/bootstrapServers'
          kafka: {external: {properties: {Sasl: PLAIN}}} | additional properties 'Sasl' not allowed
          mysql: {external: {host: "jdbc:mysql://db"}} | at '/mysql/external/host'
          api: {replicas: two} | at '/api/replicas': got string, want integer
          api: {resources: {limit: {memory: 1Gi}}}     | additional properties 'limit' not allowed
          api: {resources: {limits: {memory: lots}}}   | at '/api/resources/limits/memory'
          lanes: {Coupons: {partitions: 1}}            | additional properties 'Coupons' not allowed
          lanes: {2026: {partitions: 1}}               | additional properties '2026' not allowed
          lanes: {a-: {partitions: 1}}                 | additional properties 'a-' not allowed
          lanes: {2-: {partitions: 1}}                 | additional properties '2-' not allowed
          lanes: {coupons: {replicas: 1}}              | missing property 'partitions'
          lanes: {coupons: {partitions: 0}}            | at '/lanes/coupons/partitions'
          batch: {retention: {schedule: daily}}        | at '/batch/retention/schedule'
          operator: {topicRetention: a week}           | at '/operator/topicRetention'
          admin: {name: "a:b"}                         | at '/admin/name'
          fullnameOverride: Shop                       | at '/fullnameOverride'
          images: {pullPolicy: Sometimes}              | at '/images/pullPolicy'
          """)
  void namesTheWrongValue(String values, String message) {
    assertThat(Chart.refusal(Chart.BUNDLED, values)).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lanes: {coupons: {partitions: 2, replicas: 3}} | coupons: 3 replicas for 2 partitions
          api: {autoscaling: {enabled: true, minReplicas: 7}} | 7 is more than maxReplicas 6
          api: {drainSeconds: 60}                      | must be longer than api.drainSeconds
          ingress: {enabled: true}                       | ingress.hosts is empty
          ingress: {paths: [/api]} | would let everybody reach /api/internal
          ingress: {paths: [/api/]} | would let everybody reach /api/internal
          ingress: {paths: [/api/internal]} | would let everybody reach /api/internal
          ingress: {paths: [/api/internal/campaigns]} | would let everybody reach /api/internal
          """)
  void saysWhyValuesDoNotGoTogether(String values, String message) {
    assertThat(Chart.refusal(Chart.BUNDLED, values)).contains(message);
  }

  @Test
  void everyObjectOfTheSchemaIsClosedOrSaysWhatMayBeInIt() {
    var open =
        Chart.yaml(Chart.file("values.schema.json")).findParents("properties").stream()
            .filter(object -> object.at("/type").asString("").equals("object"))
            .filter(object -> !object.at("/additionalProperties").isBoolean())
            .map(JsonNode::toString);
    assertThat(open).isEmpty();
  }
}
