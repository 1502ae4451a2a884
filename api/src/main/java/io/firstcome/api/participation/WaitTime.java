package io.firstcome.api.participation;

import io.firstcome.api.problem.ProblemException;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a client wants to wait for its result: 0 to 30 seconds. */
record WaitTime(Duration duration) {
  static final String PREFER = "Prefer";
  static final WaitTime NONE = new WaitTime(Duration.ZERO);

  private static final int SECONDS_MAX = 30;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}");

  /**
   * From the header {@code Prefer: wait=5} (RFC 7240); other preferences are ignored.
   *
   * @throws ProblemException if the time is no number or too long
   */
  static WaitTime preferred(Enumeration<String> headers) {
    while (headers.hasMoreElements()) {
      for (var preference : headers.nextElement().split("[,;]", -1)) {
        var nameAndValue = preference.split("=", 2);
        if (nameAndValue[0].strip().toLowerCase(Locale.ROOT).equals("wait")) {
          var value = nameAndValue.length == 2 ? nameAndValue[1].strip() : "";
          return of(value.replaceAll("^\"|\"$", ""), "Prefer: wait");
        }
      }
    }
    return NONE;
  }

  /** From the query parameter {@code wait}. */
  static WaitTime asked(@Nullable String parameter) {
    return parameter == null ? NONE : of(parameter, "wait");
  }

  private static WaitTime of(String text, String name) {
    if (!SECONDS.matcher(text).matches() || Integer.parseInt(text) > SECONDS_MAX) {
      throw ProblemException.malformed(
          name, name + " must be a whole number of seconds, 0 to " + SECONDS_MAX + ".");
    }
    return new WaitTime(Duration.ofSeconds(Integer.parseInt(text)));
  }

  boolean isNone() {
    return duration.isZero();
  }
}
