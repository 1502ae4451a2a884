package io.firstcome.consumer;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Asks Kafka which log stands behind a topic's name. */
final class TopicIds {
  private static final int SECONDS_MAX = 5;
  private final Admin admin;

  TopicIds(Admin admin) {
    this.admin = admin;
  }

  /**
   * The topic's id as text.
   *
   * @throws KafkaException if Kafka does not know the topic (yet) or does not answer
   */
  String uuid(String topic) {
    try {
      var descriptions = admin.describeTopics(List.of(topic)).allTopicNames();
      var description = descriptions.get(SECONDS_MAX, TimeUnit.SECONDS).get(topic);
      return Objects.requireNonNull(description).topicId().toString();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException("no description of " + topic, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
