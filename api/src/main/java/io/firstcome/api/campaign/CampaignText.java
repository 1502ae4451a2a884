package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text that people write for people: bounded, on one line, and storable as it is. */
final class CampaignText {
  private CampaignText() {}

  /**
   * The text without blanks at its ends, or null if there is none.
   *
   * @throws ProblemException {@code REQUEST_MALFORMED} that names the field
   */
  static @Nullable String check(String field, @Nullable String text, int charactersMax) {
    if (text == null) {
      return null;
    }
    var stripped = text.strip();
    if (stripped.isEmpty()) {
      throw ProblemException.malformed(field, "'%s' must not be blank.".formatted(field));
    }
    if (stripped.codePointCount(0, stripped.length()) > charactersMax) {
      throw ProblemException.malformed(
          field, "'%s' must have at most %d characters.".formatted(field, charactersMax));
    }
    if (stripped.codePoints().anyMatch(Character::isISOControl)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(stripped)) {
      throw ProblemException.malformed(
          field, "'%s' must not contain control characters or half characters.".formatted(field));
    }
    return stripped;
  }
}
