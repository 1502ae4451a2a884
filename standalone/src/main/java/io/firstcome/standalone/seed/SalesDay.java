package io.firstcome.standalone.seed;

import io.firstcome.core.campaign.BusinessDay;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** A day on which something is sold from a certain time on: a rush, and then a long tail. */
record SalesDay(BusinessDay day, LocalTime opening) {
  private static final double RUSH_SHARE = 0.6;
  private static final long RUSH_MICROS = 240_000_000;

  Instant opensAt() {
    return day.date().atTime(opening).atZone(day.zone()).toInstant();
  }

  /**
   * When this part of the day's requests has been logged; later for a greater share, and always
   * within the day.
   *
   * @param share 0 to 1, exclusive
   */
  Instant at(double share) {
    var opensAt = opensAt();
    long open = ChronoUnit.MICROS.between(opensAt, day.end());
    long rush = Math.min(RUSH_MICROS, open);
    double micros;
    if (share < RUSH_SHARE) {
      double part = share / RUSH_SHARE;
      micros = rush * part * part;
    } else {
      double part = (share - RUSH_SHARE) / (1 - RUSH_SHARE);
      micros = rush + (open - rush) * part * part * part;
    }
    return opensAt.plus(Math.min((long) micros, open - 1), ChronoUnit.MICROS);
  }
}
