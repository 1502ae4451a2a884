package io.firstcome.api.campaign;

import org.jspecify.annotations.Nullable;

/**
 * What the operator sends of a Campaign resource: all of it each time, so what is not given has its
 * default. Either a topic or a lane.
 *
 * @param timeZone counts only when the campaign is made
 */
public record RegistrationRequest(
    @Nullable String namespace,
    @Nullable String displayName,
    @Nullable Long totalStock,
    @Nullable String opensAt,
    @Nullable String closesAt,
    @Nullable String timeZone,
    @Nullable Boolean repeatable,
    @Nullable String soldOut,
    @Nullable Boolean paused,
    @Nullable Topic topic,
    @Nullable String lane) {

  /**
   * A topic that exists.
   *
   * @param id Kafka's own
   */
  public record Topic(@Nullable String name, @Nullable String id, @Nullable Integer partitions) {}
}
