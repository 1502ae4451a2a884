package io.firstcome.operator.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.testing.TestServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaTopicsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static KafkaTopics topics;

  private final String name = "topics-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    topics = new KafkaTopics(settings(TestServers.get().bootstrapServers()), PATIENCE);
  }

  @AfterAll
  static void stop() {
    topics.close();
  }

  @Test
  void absentToMadeToGrownToDeleted() {
    assertThat(topics.look(name, false)).isEqualTo(new TopicSeen.Absent());
    var made = topics.create(name, 2, (short) 1, Map.of("retention.ms", "3600000"));
    var id = ((TopicAnswer.Done) made).id();
    assertThat(look().id()).isEqualTo(id);
    assertThat(look().partitions()).isEqualTo(2);
    assertThat(look().untouched()).isTrue();
    assertThat(look().config()).containsEntry("retention.ms", "3600000");

    assertThat(topics.create(name, 2, (short) 1, Map.of())).isEqualTo(new TopicAnswer.Overtaken());
    assertThat(topics.grow(name, 5)).isEqualTo(made);
    assertThat(look().partitions()).isEqualTo(5);
    assertThat(topics.configure(name, Map.of("retention.ms", "7200000"))).isEqualTo(made);
    assertThat(look().config()).containsEntry("retention.ms", "7200000");

    assertThat(topics.delete(id)).isEqualTo(made);
    assertThat(topics.delete(id)).as("again").isEqualTo(made);
  }

  @Test
  void oneRecordIsEnoughToBeTouched() throws Exception {
    topics.create(name, 2, (short) 1, Map.of());
    try (var producer =
        new KafkaProducer<>(
            settings(TestServers.get().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(name, new byte[] {1})).get();
    }
    assertThat(look().untouched()).isFalse();
  }

  @Test
  void whatKafkaDoesNotTakeIsRefusedWithItsSentence() {
    var tooMany = topics.create(name, 1, (short) 30, Map.of());
    assertThat(((TopicAnswer.Refused) tooMany).why()).contains("replication factor");
    var noSuchSetting = topics.create(name, 1, (short) 1, Map.of("retention.ms", "long"));
    assertThat(((TopicAnswer.Refused) noSuchSetting).why()).contains("retention.ms");
    topics.create(name, 3, (short) 1, Map.of());
    assertThat(topics.grow(name, 2)).isInstanceOf(TopicAnswer.Refused.class);
  }

  @Test
  void nobodyAnswersWithinTheTimeout() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    for (var server : new String[] {"127.0.0.1:" + port, "no-such-host.invalid:9092"}) {
      try (var away = new KafkaTopics(settings(server), PATIENCE)) {
        var start = Instant.now();
        assertThat(away.look(name, true)).isEqualTo(new TopicSeen.Away());
        assertThat(away.create(name, 1, (short) 1, Map.of())).isEqualTo(new TopicAnswer.Away());
        assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE.multipliedBy(3));
      }
    }
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(new TopicAuthorizationException("not you"), true),
        Arguments.of(new SaslAuthenticationException("who"), true),
        Arguments.of(new PolicyViolationException("no"), true),
        Arguments.of(new InvalidReplicationFactorException("30"), true),
        Arguments.of(new TimeoutException("late"), false),
        Arguments.of(new NotControllerException("moved"), false),
        Arguments.of(new KafkaException("no resolvable address"), false));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsARefusalOrMayPass(KafkaException error, boolean refusal) {
    assertThat(KafkaTopics.isRefusal(error)).isEqualTo(refusal);
  }

  private TopicSeen.Present look() {
    return (TopicSeen.Present) topics.look(name, false);
  }

  private static Map<String, Object> settings(String servers) {
    return Map.of("bootstrap.servers", servers);
  }
}
