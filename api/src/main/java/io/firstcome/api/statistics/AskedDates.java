package io.firstcome.api.statistics;

import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.campaign.TimeZoneSettings;
import io.firstcome.api.problem.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads business dates out of parameters. Every refusal is {@code REQUEST_MALFORMED} and names the
 * parameter.
 */
@Component
public class AskedDates {
  // What the database takes for a date, and no sign, time zone or year of five digits.
  private static final Pattern DATE = Pattern.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}");
  // Where a day begins first; no campaign can be ahead of it.
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

  private final CampaignDirectory clock;
  private final TimeZoneSettings settings;

  AskedDates(CampaignDirectory clock, TimeZoneSettings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * The parameter {@code date}.
   *
   * @param date null for yesterday in the platform's time zone
   * @throws ProblemException if it is no date, or one that has begun nowhere yet
   */
  public LocalDate date(@Nullable String date) {
    return date == null
        ? LocalDate.ofInstant(clock.databaseNow(), settings.timeZone()).minusDays(1)
        : parse("date", date);
  }

  /** Either the one date or the period; yesterday if neither is given. */
  Period period(@Nullable String date, @Nullable String from, @Nullable String to, int daysMax) {
    if (from == null && to == null) {
      var day = date(date);
      return new Period(day, day, true);
    }
    if (date != null) {
      throw ProblemException.malformed("date", "Give 'date', or 'from' and 'to', not both.");
    }
    if (from == null || to == null) {
      throw ProblemException.malformed(
          from == null ? "from" : "to", "'from' and 'to' are given together.");
    }
    var first = parse("from", from);
    var last = parse("to", to);
    if (first.isAfter(last)) {
      throw ProblemException.malformed("from", "'from' must not be after 'to'.");
    }
    if (ChronoUnit.DAYS.between(first, last) >= daysMax) {
      throw ProblemException.malformed(
          "to", "'from' to 'to' must be at most " + daysMax + " days.");
    }
    return new Period(first, last, false);
  }

  private LocalDate parse(String name, String text) {
    var date = parseOrNull(text);
    if (date == null) {
      throw ProblemException.malformed(name, "'" + name + "' must be a date such as 2026-12-24.");
    }
    if (date.isAfter(LocalDate.ofInstant(clock.databaseNow(), EARLIEST))) {
      throw ProblemException.malformed(name, "'" + name + "' is in the future.");
    }
    return date;
  }

  private static @Nullable LocalDate parseOrNull(String text) {
    if (!DATE.matcher(text).matches()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
