package io.firstcome.operator.status;

import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.crd.CampaignStatus.Condition;
import io.firstcome.operator.crd.CampaignStatus.Phase;
import io.firstcome.operator.verdict.Conditions;
import io.firstcome.operator.verdict.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When the next pass is, if nothing happens before.
 *
 * @param soon after a change that others wait for
 * @param sample while requests may be taken
 * @param rest when nothing is expected to change, and the longest wait for somebody who is away
 */
public record Pace(Duration soon, Duration sample, Duration rest) {
  /** What production uses. */
  public static final Pace DEFAULT =
      new Pace(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60));

  private static final Duration RETRY_MIN = Duration.ofSeconds(1);

  /** The wait from the end of the pass that has written this status. */
  public Duration next(CampaignStatus status, boolean goOn, Instant now) {
    if (goOn) {
      return soon;
    }
    var wait = isAtRest(status) ? rest : sample;
    for (var part : Part.values()) {
      var condition = status.condition(part.condition()).orElseThrow();
      if (condition.status().equals(Condition.UNKNOWN)) {
        wait = shorter(wait, retry(condition, now));
      }
    }
    return wait;
  }

  /** As long as it has been so already: 1 s, 2 s, 4 s and so on. */
  private Duration retry(Condition condition, Instant now) {
    var age = Duration.between(condition.lastTransitionTime(), now);
    return shorter(rest, age.compareTo(RETRY_MIN) < 0 ? RETRY_MIN : age);
  }

  private static boolean isAtRest(CampaignStatus status) {
    boolean ready =
        status
            .condition(Conditions.READY)
            .map(Condition::status)
            .filter(Condition.TRUE::equals)
            .isPresent();
    var phase = Objects.requireNonNullElse(status.phase(), Phase.PENDING);
    return ready
        && switch (phase) {
          case CLOSED -> true;
          case PENDING, SCHEDULED, OPEN, PAUSED, DELETING -> false;
        };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
