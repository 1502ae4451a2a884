package io.firstcome.operator.topic;

import java.util.Map;

/** What Kafka says of a topic. */
public sealed interface TopicSeen {
  /**
   * It is there.
   *
   * @param id Kafka's own, another one for a topic that was made again
   * @param config all its settings that are in force
   * @param untouched whether it has never held a record; false if nobody asked
   */
  record Present(String id, int partitions, Map<String, String> config, boolean untouched)
      implements TopicSeen {}

  /** There is no topic of this name. */
  record Absent() implements TopicSeen {}

  /** Kafka does not answer, so nothing is known. */
  record Away() implements TopicSeen {}

  /** Kafka answers that it will not tell. */
  record Denied(String why) implements TopicSeen {}
}
