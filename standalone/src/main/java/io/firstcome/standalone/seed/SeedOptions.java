package io.firstcome.standalone.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.firstcome.standalone.Arguments;
import io.firstcome.standalone.RefusedException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param rows how many participations, exactly
 * @param campaigns how many campaigns they are spread over, at most one a row
 * @param days how many days they are spread over; the last one is yesterday
 * @param data the folder of the running product
 * @param remove take away what was generated instead
 */
record SeedOptions(long rows, int campaigns, int days, Path data, boolean remove, boolean help) {
  private static final long ROWS_MAX = 100_000_000;
  private static final int CAMPAIGNS_MAX = 1_000;
  private static final int DAYS_MAX = 366;
  private static final SeedOptions DEFAULTS =
      new SeedOptions(1_000_000, 20, 30, Path.of(".firstcome"), false, false);

  /** The text that the launcher shows, too. */
  static String helpText() throws IOException {
    try (var text = SeedOptions.class.getResourceAsStream("/seed-help.txt")) {
      return new String(requireNonNull(text, "seed-help.txt").readAllBytes(), UTF_8);
    }
  }

  /** Reads the command line; mistakes are {@link RefusedException}s. */
  static SeedOptions parse(String... arguments) {
    var options = DEFAULTS;
    var rest = new Arguments(arguments);
    while (!rest.isEmpty()) {
      options = options.with(rest.name(), rest);
    }
    options.check();
    return options;
  }

  private SeedOptions with(String name, Arguments rest) {
    return switch (name) {
      case "--rows" ->
          new SeedOptions(rest.number(name, ROWS_MAX), campaigns, days, data, remove, help);
      case "--campaigns" ->
          new SeedOptions(rows, (int) rest.number(name, CAMPAIGNS_MAX), days, data, remove, help);
      case "--days" ->
          new SeedOptions(rows, campaigns, (int) rest.number(name, DAYS_MAX), data, remove, help);
      case "--data" -> new SeedOptions(rows, campaigns, days, rest.path(name), remove, help);
      case "--remove" -> new SeedOptions(rows, campaigns, days, data, true, help);
      case "--help", "-h" -> new SeedOptions(rows, campaigns, days, data, remove, true);
      default -> throw Arguments.unknown(name);
    };
  }

  private void check() {
    if (remove) {
      if (!equals(
          new SeedOptions(DEFAULTS.rows, DEFAULTS.campaigns, DEFAULTS.days, data, true, help))) {
        throw new RefusedException(
            "--remove takes all that was generated: only --data fits to it.");
      }
    } else if (campaigns > rows) {
      throw new RefusedException(
          "--campaigns must not be more than --rows, was %d of %d.".formatted(campaigns, rows));
    }
  }
}
