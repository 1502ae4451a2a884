package io.firstcome.batch.dailystatistics;

import io.firstcome.core.campaign.BusinessDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which business days of a campaign a run counts. */
final class DaysToCount {
  private DaysToCount() {}

  /**
   * The day that was asked for, if it has begun in the campaign's time zone, and every day that is
   * out of date and over there. A day that is not over is not counted unasked, because it would be
   * out of date again at once.
   */
  static SortedSet<LocalDate> of(
      LocalDate asked, ZoneId zone, Instant now, Collection<LocalDate> pending) {
    var days = new TreeSet<LocalDate>();
    if (!new BusinessDay(asked, zone).start().isAfter(now)) {
      days.add(asked);
    }
    for (var day : pending) {
      if (!new BusinessDay(day, zone).end().isAfter(now)) {
        days.add(day);
      }
    }
    return days;
  }
}
