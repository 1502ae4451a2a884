package io.firstcome.operator.plan;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts of Kafka's settings, which Kafka describes as it has understood them. */
final class SettingText {
  private SettingText() {}

  /**
   * Whether two texts mean the same: blanks, the case of true and false, the zeros of a number and
   * the blanks of a list do not count.
   */
  static boolean meansTheSame(String wanted, @Nullable String there) {
    return there != null && canonical(wanted).equals(canonical(there));
  }

  private static String canonical(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(SettingText::word)
        .collect(Collectors.joining(","));
  }

  private static String word(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("true") || lower.equals("false")) {
      return lower;
    }
    try {
      return new BigDecimal(text).stripTrailingZeros().toString();
    } catch (NumberFormatException _) {
      return text;
    }
  }
}
