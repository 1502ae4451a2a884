package io.firstcome.api.alert;

import java.util.regex.Pattern;

/** Text of others inside a line of ours. */
final class OneLine {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\p{Z}\\p{Cf}\\p{Co}\\p{Cs}]+");

  private OneLine() {}

  /** Without line breaks and invisible characters, and no longer than so many characters. */
  static String of(String text, int charactersMax) {
    var line = BREAKS.matcher(text).replaceAll(" ").strip();
    if (line.length() <= charactersMax) {
      return line;
    }
    int end = charactersMax - 1;
    // Half of a character is no text.
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
