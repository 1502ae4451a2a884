package io.firstcome.operator.plan;

import java.util.Map;

/** One change of the topic. */
public sealed interface TopicStep {
  /** None. */
  record Nothing() implements TopicStep {}

  record Create(String name, int partitions, short replicas, Map<String, String> config)
      implements TopicStep {}

  record Grow(String name, int from, int partitions) implements TopicStep {}

  /** Sets what differs. */
  record Configure(String name, int partitions, Map<String, String> config) implements TopicStep {}
}
