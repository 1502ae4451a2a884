package io.firstcome.operator.verdict;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why a condition is as it is: a word for programs, which is never renamed, and a sentence for
 * people.
 */
public enum Reason {
  PROVISIONED("It is as the spec says.", Loudness.QUIET),
  ON_LANE("It shares a lane, which has a topic and consumers of its own.", Loudness.QUIET),
  SUSPENDED("No statistics are made, as asked.", Loudness.QUIET),
  PAUSED(
      "No requests are taken and no statistics are made, as asked. What was taken is decided.",
      Loudness.QUIET),
  SCALED_TO_ZERO(
      "No consumer runs, as asked: requests are taken, but not decided.", Loudness.QUIET),
  PROVISIONING("It is being made.", Loudness.QUIET),
  WAITING_FOR_TOPIC("It waits for the topic and the registration.", Loudness.QUIET),
  ROLLOUT_IN_PROGRESS("Consumers are being started or replaced.", Loudness.QUIET),
  DELETING("The Campaign is being deleted.", Loudness.QUIET),

  KAFKA_UNREACHABLE(
      "Kafka does not answer; it is tried again, and consumers go on.", Loudness.WARNING),
  KAFKA_REFUSED("Kafka refuses; it is tried again every 5 minutes.", Loudness.WARNING),
  PARTITION_DECREASE_NOT_SUPPORTED(
      "The topic has more partitions than the spec wants, and Kafka does not take partitions away.",
      Loudness.WARNING),
  TOPIC_CONFLICT("An older Campaign has this topic.", Loudness.WARNING),
  TOPIC_IN_USE(
      "There is a topic of this name that holds records and belongs to no campaign.",
      Loudness.WARNING),
  TOPIC_RECREATED(
      "The topic that places in line were given in is gone. It is not made again by itself,"
          + " because the results in the database belong to the old one.",
      Loudness.WARNING),
  API_UNREACHABLE("The api does not answer; it is tried again.", Loudness.WARNING),
  NAME_TAKEN("A campaign of this name belongs to another namespace.", Loudness.WARNING),
  SPEC_INVALID("The spec is refused; the last good one stays in force.", Loudness.WARNING),
  PROGRESS_DEADLINE_EXCEEDED("The consumers do not start.", Loudness.WARNING),
  IMAGE_PULL_FAILED("The image of the consumers cannot be pulled.", Loudness.WARNING),
  PODS_REFUSED("Kubernetes does not let the consumers' pods be made.", Loudness.WARNING),
  INVALID_SCHEDULE(
      "Kubernetes refuses the schedule or its time zone; the last good one stays in force.",
      Loudness.WARNING),
  CHILD_REFUSED("Kubernetes refuses what the spec asks for.", Loudness.WARNING),
  CHILD_TAKEN("There is an object of this name that belongs to somebody else.", Loudness.WARNING),
  KUBERNETES_UNREACHABLE(
      "Kubernetes could not take the change; it is tried again.", Loudness.WARNING),
  OPERATOR_FAILED(
      "The operator could not finish, as its log says; it is tried again.", Loudness.WARNING);

  private final String text;
  private final String sentence;
  private final Loudness loudness;

  Reason(String sentence, Loudness loudness) {
    this.text =
        Arrays.stream(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    this.sentence = sentence;
    this.loudness = loudness;
  }

  /** As in a condition: {@code KafkaUnreachable}. */
  public String text() {
    return text;
  }

  /** For people; ends with a full stop. */
  public String sentence() {
    return sentence;
  }

  /** Whether an event tells of it. */
  public boolean warns() {
    return loudness == Loudness.WARNING;
  }

  private enum Loudness {
    QUIET,
    WARNING
  }
}
