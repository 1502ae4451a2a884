package io.firstcome.operator.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The campaign as the api shall have it, in the form in which the api keeps it: what reads
 * differently there would be told to it in each pass.
 *
 * @param timeZone taken when the campaign is made, and never again
 * @param topic the own topic, or null on a lane
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WantedRegistration(
    String namespace,
    String displayName,
    long totalStock,
    @Nullable Instant opensAt,
    @Nullable Instant closesAt,
    String timeZone,
    boolean repeatable,
    String soldOut,
    boolean paused,
    Registration.@Nullable Topic topic,
    @Nullable String lane) {

  public WantedRegistration {
    displayName = displayName.strip();
    opensAt = asKept(opensAt);
    closesAt = asKept(closesAt);
  }

  private static @Nullable Instant asKept(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
  }

  /** Whether nothing has to be said to the api any more. */
  public boolean isMetBy(Registration there) {
    return !there.released()
        && namespace.equals(there.namespace())
        && displayName.equals(there.displayName())
        && totalStock == there.totalStock()
        && Objects.equals(opensAt, there.opensAt())
        && Objects.equals(closesAt, there.closesAt())
        && repeatable == there.repeatable()
        && soldOut.equals(there.soldOut())
        && isPausedAsWanted(there)
        && goesWhereWanted(there);
  }

  private boolean isPausedAsWanted(Registration there) {
    return there.closed() || paused == there.paused();
  }

  private boolean goesWhereWanted(Registration there) {
    // The topic of a lane is the api's own.
    return lane == null ? Objects.equals(topic, there.topic()) : lane.equals(there.lane());
  }
}
