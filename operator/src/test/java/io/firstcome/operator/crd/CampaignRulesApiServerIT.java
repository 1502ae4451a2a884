package io.firstcome.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.operator.KubeTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the definition, accepted and rejected by a real API server. */
class CampaignRulesApiServerIT {
  private static final String OK = "accepted";

  private static KubernetesClient client;
  private static String namespace;

  @BeforeAll
  static void start() throws Exception {
    client = KubeTests.client();
    KubeTests.define(client);
    namespace = KubeTests.newNamespace(client);
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  static Stream<Arguments> creations() {
    return Stream.of(
        create("{stock: 1}", OK),
        create("{stock: 1000000000000}", OK),
        create("{stock: 0}", "spec.stock must be 1 to 1000000000000"),
        create("{stock: 1000000000001}", "spec.stock must be 1 to 1000000000000"),
        create("{}", "spec.stock: Required value"),
        create("{stock: 5, displayName: 크리스마스 에어팟}", OK),
        create("{stock: 5, displayName: ''}", "spec.displayName"),
        create("{stock: 5, opensAt: '2026-12-24T11:00:00Z', closesAt: '2026-12-25T11:00:00Z'}", OK),
        create("{stock: 5, opensAt: '2026-12-24T20:00:00.5+09:00'}", OK),
        create(
            "{stock: 5, opensAt: '2026-12-25T11:00:00Z', closesAt: '2026-12-25T11:00:00Z'}",
            "spec.opensAt must be before spec.closesAt"),
        create("{stock: 5, opensAt: '2026-12-24T11:00Z'}", "spec.opensAt"),
        create("{stock: 5, opensAt: tomorrow}", "spec.opensAt must be a time as in 2026-12-24"),
        create("{stock: 5, opensAt: '2026-02-30T11:00:00Z'}", "a day and an hour that exist"),
        create("{stock: 5, closesAt: '2026-12-24T25:00:00Z'}", "a day and an hour that exist"),
        create("{stock: 5, closesAt: '2026-12-24 11:00:00Z'}", "spec.closesAt"),
        create("{stock: 5, soldOut: Refuse}", OK),
        create("{stock: 5, soldOut: refuse}", "supported values: \"Record\", \"Refuse\""),
        create("{stock: 5, topic: {partitions: 1000}}", OK),
        create("{stock: 5, topic: {partitions: 0}}", "spec.topic.partitions must be 1 to 1000"),
        create("{stock: 5, topic: {partitions: 1001}}", "spec.topic.partitions must be 1 to 1000"),
        create("{stock: 5, topic: {replicationFactor: 0}}", "must be 1 to 32"),
        create("{stock: 5, topic: {replicationFactor: 3}}", OK),
        create("{stock: 5, topic: {name: Orders.v1_a-b}}", OK),
        create("{stock: 5, topic: {name: 'a b'}}", "a name that Kafka takes"),
        create("{stock: 5, topic: {name: '..'}}", "a name that Kafka takes"),
        create("{stock: 5, topic: {name: __consumer_offsets}}", "a name that Kafka takes"),
        create("{stock: 5, topic: {name: firstcome.orders}}", OK),
        create("{stock: 5, topic: {name: firstcome_lanes_drops}}", OK),
        create("{stock: 5, topic: {name: firstcome.lane.coupons}}", "set spec.lane to take part"),
        create("{stock: 5, topic: {name: firstcome_lane_drops}}", "set spec.lane to take part"),
        create("{stock: 5, topic: {name: firstcome.lane_drops}}", "set spec.lane to take part"),
        create(
            "{stock: 5, topic: {name: firstcome_campaign.other}}",
            "the own topic of the campaign of that name; leave it out"),
        create(
            "{stock: 5, topic: {name: firstcome.campaign.other}}",
            "the own topic of the campaign of that name; leave it out"),
        create("{stock: 5, topic: {deletionPolicy: Delete}}", OK),
        create("{stock: 5, topic: {deletionPolicy: Keep}}", "supported values"),
        create("{stock: 5, topic: {config: {retention.ms: '604800000'}}}", OK),
        create("{stock: 5, topic: {partitions: 4}, consumer: {replicas: 4}}", OK),
        create("{stock: 5, consumer: {replicas: 0}}", OK),
        create("{stock: 5, consumer: {replicas: -1}}", "spec.consumer.replicas must be 0 to 1000"),
        create(
            "{stock: 5, topic: {partitions: 2}, consumer: {replicas: 3}}",
            "3 consumers for 2 partitions: the rest would be idle"),
        create("{stock: 5, consumer: {replicas: 2}}", "2 consumers for 1 partitions"),
        create("{stock: 5, consumer: {replicas: 2, allowIdle: true}}", OK),
        create("{stock: 5, consumer: {resources: {requests: {cpu: 250m, memory: 1Gi}}}}", OK),
        create("{stock: 5, consumer: {resources: {limits: {cpu: 1}}}}", OK),
        create(
            "{stock: 5, consumer: {resources: {limits: {cpu: much}}}}", "spec.consumer.resources"),
        create("{stock: 5, lane: coupons}", OK),
        create("{stock: 5, lane: Coupons}", "spec.lane must be the name of a lane"),
        create("{stock: 5, lane: coupons, topic: {}}", "leave out spec.topic and spec.consumer"),
        create("{stock: 5, lane: coupons, consumer: {}}", "leave out spec.topic and spec.consumer"),
        create("{stock: 5, batch: {schedule: '*/5 2 * * 1-5'}}", OK),
        create("{stock: 5, batch: {schedule: '@daily'}}", OK),
        create("{stock: 5, batch: {schedule: ''}}", "set spec.batch.suspend"),
        create("{stock: 5, batch: {schedule: '0 2 * *'}}", "cron expression of five fields"),
        create("{stock: 5, batch: {schedule: 'CRON_TZ=UTC 2 * * *'}}", "cron expression"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("creations")
  void create(String spec, String expected, String name) {
    var campaign = campaign(name, spec);
    if (expected.equals(OK)) {
      assertThat(client.resource(campaign).dryRun().create()).isNotNull();
    } else {
      assertThatThrownBy(() -> client.resource(campaign).dryRun().create())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining(expected);
    }
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("a", OK),
        Arguments.of("a234567890123456789012345678901234567890", OK),
        Arguments.of("a2345678901234567890123456789012345678901", "at most 40 lower case letters"),
        Arguments.of("a.b", "at most 40 lower case letters"),
        Arguments.of("2026", "cannot be digits alone"));
  }

  @ParameterizedTest(name = "the name {0} is {1}")
  @MethodSource("names")
  void name(String name, String expected) {
    create("{stock: 1}", expected, name);
  }

  @Test
  void theOwnTopicMayBeNamed() {
    create("{stock: 1, topic: {name: firstcome.campaign.own}}", OK, "own");
    create("{stock: 1, topic: {name: firstcome_campaign.own}}", "leave it out", "own");
  }

  static Stream<Arguments> zones() {
    var tokyo = "{stock: 5, batch: {timeZone: Asia/Tokyo}}";
    var refused = "spec.batch.timeZone cannot be added, changed or taken away";
    return Stream.of(
        of(tokyo, "{stock: 5, batch: {timeZone: UTC}}", refused),
        of(tokyo, "{stock: 5, batch: {}}", refused),
        of(tokyo, "{stock: 5}", refused),
        of("{stock: 5}", tokyo, refused),
        // The one in force, which the spec may have missed.
        of(tokyo, "{stock: 5, batch: {timeZone: Asia/Seoul}}", OK),
        of("{stock: 5}", "{stock: 5, batch: {timeZone: Asia/Seoul}}", OK),
        of(tokyo, "{stock: 6, batch: {timeZone: Asia/Tokyo, schedule: '@daily'}}", OK),
        of("{stock: 5}", "{stock: 5, batch: {schedule: '@daily', suspend: true}}", OK));
  }

  @ParameterizedTest(name = "registered, {0} to {1} is {2}")
  @MethodSource("zones")
  void theZoneIsFixedOnceTheCampaignIsRegistered(String before, String after, String expected) {
    var name = "z" + Integer.toHexString((before + after).hashCode());
    var batch = new CampaignStatus.Batch(name + "-statistics", "Asia/Seoul", null, null);
    client.resource(campaign(name, before)).create();
    client
        .resources(Campaign.class)
        .inNamespace(namespace)
        .withName(name)
        .editStatus(found -> {
          found.setStatus(
              new CampaignStatus(1L, null, 7L, null, null, batch, null, java.util.List.of()));
          return found;
        });
    assertChange(name, after, expected);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        of("{stock: 5}", "{stock: 6}", OK),
        of("{stock: 5}", "{stock: 4}", "can only grow, because places in line"),
        of("{stock: 5}", "{stock: 4}", "keep at least 5"),
        of("{stock: 5, topic: {partitions: 2}}", "{stock: 5, topic: {partitions: 4}}", OK),
        of(
            "{stock: 5, topic: {partitions: 4}}",
            "{stock: 5, topic: {partitions: 2}}",
            "can only grow, because Kafka does not take partitions away; keep at least 4"),
        of("{stock: 5, topic: {partitions: 4}}", "{stock: 5}", "keep at least 4"),
        of("{stock: 5}", "{stock: 5, topic: {partitions: 4}}", OK),
        of(
            "{stock: 5, topic: {replicationFactor: 3}}",
            "{stock: 5, topic: {replicationFactor: 2}}",
            "spec.topic.replicationFactor cannot be changed"),
        of(
            "{stock: 5, topic: {replicationFactor: 3}}",
            "{stock: 5}",
            "spec.topic.replicationFactor cannot be changed"),
        of("{stock: 5, topic: {replicationFactor: 1}}", "{stock: 5}", OK),
        of(
            "{stock: 5, topic: {name: a}}",
            "{stock: 5, topic: {name: b}}",
            "spec.topic.name cannot be changed"),
        of("{stock: 5, topic: {name: a}}", "{stock: 5}", "spec.topic.name cannot be changed"),
        of("{stock: 5}", "{stock: 5, topic: {name: a}}", "spec.topic.name cannot be changed"),
        of("{stock: 5, lane: a}", "{stock: 5, lane: b}", "spec.lane cannot be added"),
        of("{stock: 5, lane: a}", "{stock: 5}", "spec.lane cannot be added"),
        of("{stock: 5}", "{stock: 5, lane: a}", "spec.lane cannot be added"),
        of(
            "{stock: 5, topic: {partitions: 4}, consumer: {replicas: 2}}",
            "{stock: 5, topic: {partitions: 4}, consumer: {replicas: 5}}",
            "5 consumers for 4 partitions"),
        of(
            "{stock: 5, topic: {deletionPolicy: Retain}}",
            "{stock: 5, topic: {deletionPolicy: Delete}}",
            OK),
        // Nothing is counted yet, so a word that was misspelt can be mended.
        of("{stock: 5, batch: {timeZone: Asia/Soul}}", "{stock: 5, batch: {timeZone: UTC}}", OK),
        of("{stock: 5}", "{stock: 5, paused: true, repeatable: true, soldOut: Refuse}", OK));
  }

  @ParameterizedTest(name = "{0} to {1} is {2}")
  @MethodSource("changes")
  void change(String before, String after, String expected) {
    var name = "c" + Integer.toHexString((before + after + expected).hashCode());
    client.resource(campaign(name, before)).create();
    assertChange(name, after, expected);
  }

  private static void assertChange(String name, String after, String expected) {
    var changed = campaign(name, after);
    if (expected.equals(OK)) {
      assertThat(client.resource(changed).update()).isNotNull();
    } else {
      assertThatThrownBy(() -> client.resource(changed).update())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining(expected);
    }
  }

  @Test
  void defaultsAreSetAndUnknownFieldsDropped() {
    var stored =
        client.resource(campaign("defaults", "{stock: 5, topic: {}, colour: red}")).create();
    assertThat(stored.<Object>get("spec"))
        .isEqualTo(
            Serialization.unmarshal(
                """
                stock: 5
                repeatable: false
                soldOut: Record
                paused: false
                topic: {partitions: 1, replicationFactor: 1, deletionPolicy: Retain}
                batch: {schedule: 0 2 * * *, suspend: false}
                """,
                Object.class));
    assertThat(stored.<String>get("status", "conditions", 0, "reason")).isEqualTo("Pending");
    assertThat(stored.<String>get("status", "conditions", 0, "status")).isEqualTo("Unknown");
  }

  @Test
  void theSpecIsReadAsItIsMeant() {
    client
        .resource(
            campaign(
                "read",
                """
                {displayName: 에어팟, stock: 50, opensAt: '2026-12-24T20:00:00+09:00', paused: true,
                 soldOut: Refuse, repeatable: true,
                 topic: {partitions: 4, deletionPolicy: Delete, config: {retention.ms: '1'}},
                 consumer: {replicas: 2, resources: {limits: {cpu: 1, memory: 1Gi}}},
                 batch: {schedule: '@daily', timeZone: Asia/Tokyo, suspend: true}}
                """))
        .create();
    var spec =
        client.resources(Campaign.class).inNamespace(namespace).withName("read").get().getSpec();
    assertThat(spec)
        .isEqualTo(
            new CampaignSpec(
                "에어팟",
                50,
                java.time.Instant.parse("2026-12-24T11:00:00Z"),
                null,
                true,
                CampaignSpec.SoldOut.REFUSE,
                true,
                new CampaignSpec.Topic(
                    null,
                    4,
                    1,
                    CampaignSpec.DeletionPolicy.DELETE,
                    java.util.Map.of("retention.ms", "1")),
                new CampaignSpec.Consumer(
                    2,
                    false,
                    new CampaignSpec.Resources(
                        java.util.Map.of(), java.util.Map.of("cpu", "1", "memory", "1Gi"))),
                null,
                new CampaignSpec.Batch("@daily", "Asia/Tokyo", true),
                null));
  }

  private static int number;

  private static Arguments create(String spec, String expected) {
    return Arguments.of(spec, expected, "n" + ++number);
  }

  private static Arguments of(String before, String after, String expected) {
    return Arguments.of(before, after, expected);
  }

  private static GenericKubernetesResource campaign(String name, String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: firstcome.io/v1
        kind: Campaign
        metadata: {name: "%s", namespace: %s}
        spec: %s
        """
            .formatted(name, namespace, spec.replace("\n", " ").strip()),
        GenericKubernetesResource.class);
  }
}
