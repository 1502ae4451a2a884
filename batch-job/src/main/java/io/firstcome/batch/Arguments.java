package io.firstcome.batch;

import io.firstcome.batch.run.JobRefusedException;
import io.firstcome.batch.run.JobRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param request null if it asks for help
 * @param settings arguments for Spring
 */
record Arguments(@Nullable JobRequest request, List<String> settings) {
  private static final Set<String> OPTIONS = Set.of("--job", "--date", "--campaign", "--run-label");
  private static final int LABEL_MAX = 100;

  /**
   * Reads the command line.
   *
   * @throws JobRefusedException if it cannot be meant
   */
  static Arguments parse(String... args) {
    var options = new HashMap<String, String>();
    var settings = new ArrayList<String>();
    for (var arg : args) {
      if (arg.equals("--help") || arg.equals("-h")) {
        return new Arguments(null, List.of());
      }
      if (arg.matches("--[^=]+\\..*")) {
        settings.add(arg);
      } else {
        addOption(options, arg);
      }
    }
    var job = options.get("--job");
    if (job == null) {
      throw new JobRefusedException("--job=NAME is missing, as in --job=daily-statistics");
    }
    var request =
        new JobRequest(
            job,
            date(options.get("--date")),
            options.get("--campaign"),
            label(options.get("--run-label")));
    return new Arguments(request, settings);
  }

  private static void addOption(Map<String, String> options, String arg) {
    var nameAndValue = arg.split("=", 2);
    var name = nameAndValue[0];
    if (!OPTIONS.contains(name)) {
      throw new JobRefusedException(
          "%s is unknown; there are --job=NAME, --date=2025-12-28, --campaign=NAME,".formatted(name)
              + " --run-label=TEXT, --help and settings, as in --spring.datasource.url=...");
    }
    if (nameAndValue.length == 1 || nameAndValue[1].isEmpty()) {
      throw new JobRefusedException("%s needs a value, as in %s=...".formatted(name, name));
    }
    if (options.put(name, nameAndValue[1]) != null) {
      throw new JobRefusedException(name + " is there twice");
    }
  }

  private static @Nullable String label(@Nullable String text) {
    if (text != null && text.length() > LABEL_MAX) {
      throw new JobRefusedException("--run-label has more than " + LABEL_MAX + " characters");
    }
    return text;
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new JobRefusedException(
          "--date=%s is not a day; it is written as in --date=2025-12-28".formatted(text));
    }
  }
}
