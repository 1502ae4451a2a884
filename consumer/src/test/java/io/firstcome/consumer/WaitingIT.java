package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** What a consumer reads comes later than the consumer, as it does in a cluster. */
@ExtendWith(OutputCaptureExtension.class)
class WaitingIT {
  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void waitsQuietlyForTheTopicAndForItsRegistration(CapturedOutput output) {
    try (var line = new TestLine(1)) {
      line.jdbc.sql("DELETE FROM topic").update();
      TestLine.join(line.admin.deleteTopics(List.of(line.topic)).all());
      await().until(() -> !TestLine.join(line.admin.listTopics().names()).contains(line.topic));

      var consumer = line.startConsumer();
      await().during(QUIET).atMost(SOON).until(() -> isWell(consumer));
      assertThat(said(output, line)).as("once that it waits").hasSize(1);

      line.makeTopic(1);
      await().during(QUIET).atMost(SOON).until(() -> isWell(consumer));
      assertThat(line.count("consumer_offset")).isZero();
      assertThat(said(output, line)).hasSize(1);

      line.jdbc
          .sql("INSERT INTO topic (id, name, uuid, partitions) VALUES (?, ?, ?, 1)")
          .params(line.topicId, line.topic, line.uuid())
          .update();
      await().atMost(SOON).until(() -> line.count("consumer_offset") == 1);
      long campaign = line.campaign("sale", 5, false);
      line.send(campaign, "ann", null);
      line.awaitDecided();
      assertThat(line.count("participation")).isEqualTo(1);
      assertThat(isWell(consumer)).isTrue();
    }
  }

  @Test
  void stopsWhileItWaits() {
    try (var line = new TestLine(1)) {
      TestLine.join(line.admin.deleteTopics(List.of(line.topic)).all());
      await().until(() -> !TestLine.join(line.admin.listTopics().names()).contains(line.topic));
      var consumer = line.startConsumer();
      long started = System.nanoTime();
      consumer.close();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void takesNewPartitionsWithinSeconds() {
    try (var line = new TestLine(1)) {
      var consumer = line.startConsumer();
      await().atMost(SOON).until(() -> line.count("consumer_offset") == 1);
      line.grow(4);
      await().atMost(SOON).until(() -> line.count("consumer_offset") == 4);
      assertThat(isWell(consumer)).isTrue();
    }
  }

  private static boolean isWell(ApplicationContext consumer) {
    var availability = consumer.getBean(ApplicationAvailability.class);
    return consumer.getBean(LogReaders.class).health().getStatus().equals(Status.UP)
        && availability.getLivenessState() == LivenessState.CORRECT
        && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
  }

  /** Of the embedded broker, which logs to the same place, nothing. */
  private static List<String> said(CapturedOutput output, TestLine line) {
    return output
        .getAll()
        .lines()
        .filter(text -> text.contains("[firstcome-consumer]") && text.contains(line.topic))
        .filter(text -> text.contains("io.firstcome") || text.contains(".clients."))
        .toList();
  }
}
