package io.firstcome.api.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Five fields as cron has them: minute, hour, day of the month, month, day of the week. As in cron,
 * and not as in Spring, two days mean either of them. A time that a change of clocks leaves out is
 * not due, one that comes twice is due twice: so do the schedulers of Kubernetes.
 */
final class Schedule {
  private static final int FIELDS = 5;
  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;

  /** Twice the eight years that a leap day can be away from the next, as the look back doubles. */
  private static final Duration PERIOD_MAX = Duration.ofDays(16 * 366);

  private final List<CronExpression> anyOf;

  private Schedule(List<CronExpression> anyOf) {
    this.anyOf = anyOf;
  }

  /**
   * Reads a schedule; {@code -} is never due.
   *
   * @throws IllegalArgumentException with a sentence for operators
   */
  static Schedule of(String cron) {
    if (cron.strip().equals("-")) {
      return new Schedule(List.of());
    }
    var fields = cron.strip().split("\\s+");
    if (fields.length != FIELDS) {
      throw refusal(cron, "it has %d fields".formatted(fields.length));
    }
    var schedule = new Schedule(expressions(cron, fields));
    if (schedule.next(LocalDateTime.of(2000, 1, 1, 0, 0).atZone(ZoneOffset.UTC)) == null) {
      throw refusal(cron, "that time never comes");
    }
    return schedule;
  }

  private static List<CronExpression> expressions(String cron, String[] fields) {
    try {
      return isAny(fields[DAY_OF_MONTH]) || isAny(fields[DAY_OF_WEEK])
          ? List.of(expression(fields))
          : List.of(
              expression(with(fields, DAY_OF_WEEK, "*")),
              expression(with(fields, DAY_OF_MONTH, "*")));
    } catch (IllegalArgumentException e) {
      throw refusal(cron, String.valueOf(e.getMessage()));
    }
  }

  /** The last time that was due until then, that moment included. */
  Optional<Instant> lastDue(Instant until, ZoneId zone) {
    for (var back = Duration.ofHours(2);
        back.compareTo(PERIOD_MAX) < 0;
        back = back.multipliedBy(2)) {
      var found = last(until.minus(back).atZone(zone), until);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private @Nullable Instant last(ZonedDateTime after, Instant until) {
    Instant last = null;
    for (var due = next(after); due != null && !due.toInstant().isAfter(until); due = next(due)) {
      last = due.toInstant();
    }
    return last;
  }

  private @Nullable ZonedDateTime next(ZonedDateTime after) {
    return anyOf.stream()
        .map(expression -> expression.next(after))
        .filter(Objects::nonNull)
        .min(Comparator.comparing(ZonedDateTime::toInstant))
        .orElse(null);
  }

  private static boolean isAny(String field) {
    return field.equals("*") || field.equals("?");
  }

  private static String[] with(String[] fields, int index, String field) {
    var changed = fields.clone();
    changed[index] = field;
    return changed;
  }

  private static CronExpression expression(String[] fields) {
    return CronExpression.parse("0 " + String.join(" ", fields));
  }

  private static IllegalArgumentException refusal(String cron, String why) {
    return new IllegalArgumentException(
        "firstcome.batch.schedule must be five fields as in 0 2 * * *, or - for none, was %s: %s"
            .formatted(cron, why));
  }
}
