package io.firstcome.api.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A daily run that should be done by now.
 *
 * @param at when it was due
 * @param date the business day that it was for: the day before
 */
record DueRun(Instant at, LocalDate date) {

  /** The last one that was due longer than the grace ago. */
  static Optional<DueRun> last(Schedule schedule, ZoneId zone, Instant now, Duration grace) {
    return schedule
        .lastDue(now.minus(grace), zone)
        .map(at -> new DueRun(at, LocalDate.ofInstant(at, zone).minusDays(1)));
  }
}
