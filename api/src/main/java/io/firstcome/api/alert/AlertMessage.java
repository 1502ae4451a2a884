package io.firstcome.api.alert;

import java.util.List;

/**
 * What a channel sends: plain text, without any markup.
 *
 * @param subject one line
 * @param text several lines; the first says what the subject says
 */
public record AlertMessage(String subject, String text) {
  /** How many alerts a message for several of them names. */
  static final int LISTED_MAX = 10;

  /**
   * One message for all alerts that wait.
   *
   * @param first the oldest of them, at most {@link #LISTED_MAX}
   * @param total how many there are
   * @param allOfThem where those that are not listed can be seen
   */
  static AlertMessage of(List<Alert> first, long total, String allOfThem) {
    if (total == 1) {
      var only = first.getFirst();
      return message(only.title(), only.details());
    }
    var lines = new StringBuilder();
    first.forEach(alert -> lines.append("- %s: %s\n".formatted(alert.title(), alert.link())));
    if (total > first.size()) {
      lines.append("and %d more: %s\n".formatted(total - first.size(), allOfThem));
    }
    return message("%d alerts".formatted(total), lines.toString().stripTrailing());
  }

  private static AlertMessage message(String title, String details) {
    return new AlertMessage("[Firstcome] " + title, "[Firstcome] " + title + "\n" + details);
  }
}
