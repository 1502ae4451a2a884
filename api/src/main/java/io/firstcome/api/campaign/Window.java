package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a campaign takes requests.
 *
 * @param opensAt null means at once
 * @param closesAt exclusive; null means until a person closes it
 */
public record Window(@Nullable Instant opensAt, @Nullable Instant closesAt) {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final String EXAMPLES = "2026-12-24T20:00:00+09:00 or 2026-12-24T11:00:00Z";

  boolean isInOrder() {
    return opensAt == null || closesAt == null || opensAt.isBefore(closesAt);
  }

  /**
   * Reads an ISO 8601 instant with any offset, cut to the microseconds that the database keeps.
   *
   * @throws ProblemException {@code REQUEST_MALFORMED} that names the field and says what is wrong
   */
  static @Nullable Instant instant(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException _) {
      throw ProblemException.malformed(field, explain(field, text));
    }
    if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
      throw ProblemException.malformed(
          field, "'%s' must be between the years 1970 and 9998.".formatted(field));
    }
    return instant;
  }

  private static String explain(String field, String text) {
    if (isLocalDateTime(text)) {
      return "'%s' has no time zone, so it could mean many instants; write it like %s."
          .formatted(field, EXAMPLES);
    }
    return "'%s' must be a date and time with an offset, like %s.".formatted(field, EXAMPLES);
  }

  private static boolean isLocalDateTime(String text) {
    try {
      var _ = LocalDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeParseException _) {
      return false;
    }
  }
}
