package io.firstcome.core.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/**
 * A day as a campaign counts it: from midnight to midnight in its time zone, 23 to 25 hours where
 * clocks are changed.
 */
public record BusinessDay(LocalDate date, ZoneId zone) {
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  /** The day that a moment belongs to. */
  public static BusinessDay of(Instant moment, ZoneId zone) {
    return new BusinessDay(LocalDate.ofInstant(moment, zone), zone);
  }

  /** Whether a campaign can have this time zone: the name of a region, as in Asia/Seoul, or UTC. */
  public static boolean isZone(String name) {
    return ZONES.contains(name);
  }

  /** The first moment of the day. */
  public Instant start() {
    return date.atStartOfDay(zone).toInstant();
  }

  /** The first moment that is not of the day any more. */
  public Instant end() {
    return date.plusDays(1).atStartOfDay(zone).toInstant();
  }
}
