package io.firstcome.operator.registration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The campaign as the api has it.
 *
 * @param released whether its resource is gone and its history kept
 * @param closed whether a person has closed it for good; then it is no longer paused or resumed
 * @param state SCHEDULED, OPEN, PAUSED or CLOSED
 */
public record Registration(
    long id,
    String name,
    @Nullable String namespace,
    boolean released,
    String displayName,
    long totalStock,
    @Nullable Instant opensAt,
    @Nullable Instant closesAt,
    String timeZone,
    boolean repeatable,
    String soldOut,
    boolean paused,
    boolean closed,
    String state,
    @Nullable Topic topic,
    @Nullable String lane,
    @Nullable Sample sample) {

  /** Where requests go, with Kafka's own id. */
  public record Topic(String name, String id, int partitions) {}

  /**
   * The figures of one moment.
   *
   * @param lag requests that wait for a decision, or null if Kafka did not say
   */
  public record Sample(
      long total, long remaining, long succeeded, long failed, @Nullable Long lag, Instant asOf) {}
}
