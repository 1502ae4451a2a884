package io.firstcome.operator.topic;

/** What came of a change of a topic. */
public sealed interface TopicAnswer {
  /** It is as was asked, whoever made it so. */
  record Done(String id) implements TopicAnswer {}

  /** Somebody else has made it meanwhile; whose it is, another look tells. */
  record Overtaken() implements TopicAnswer {}

  /** Kafka does not answer; the outcome is unknown and the same may be asked again. */
  record Away() implements TopicAnswer {}

  /** Kafka will not do that, now and probably later. */
  record Refused(String why) implements TopicAnswer {}
}
