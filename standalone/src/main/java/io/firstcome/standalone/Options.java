package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param port of the pages and the API
 * @param managementPort of health and metrics; 0 for 9090, or any free one if that is taken
 * @param data the folder for everything that is kept
 * @param kafka host and port of a broker outside, or null for the embedded one
 * @param mysql JDBC address of a database outside, or null for the embedded one
 * @param schedule of the daily statistics
 */
record Options(
    int port,
    int managementPort,
    Path data,
    @Nullable String kafka,
    @Nullable String mysql,
    Schedule schedule,
    boolean help) {
  private static final Options DEFAULTS =
      new Options(8080, 0, Path.of(".firstcome"), null, null, Schedule.DEFAULT, false);
  private static final String JDBC = "jdbc:mysql:";

  /** The text that the launcher shows, too. */
  static String helpText() throws IOException {
    try (var text = Options.class.getResourceAsStream("/up-help.txt")) {
      return new String(requireNonNull(text, "up-help.txt").readAllBytes(), UTF_8);
    }
  }

  /** Reads {@code --name value} and {@code --name=value}. */
  static Options parse(String... arguments) {
    var options = DEFAULTS;
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      var argument = rest.removeFirst();
      int equals = argument.indexOf('=');
      if (argument.startsWith("--") && equals > 0) {
        rest.addFirst(argument.substring(equals + 1));
        argument = argument.substring(0, equals);
      }
      options = options.with(argument, rest);
    }
    return options;
  }

  private Options with(String name, Deque<String> rest) {
    return switch (name) {
      case "--port" ->
          new Options(port(name, rest), managementPort, data, kafka, mysql, schedule, help);
      case "--management-port" ->
          new Options(port, port(name, rest), data, kafka, mysql, schedule, help);
      case "--data" ->
          new Options(port, managementPort, path(name, rest), kafka, mysql, schedule, help);
      case "--kafka" ->
          new Options(port, managementPort, data, value(name, rest), mysql, schedule, help);
      case "--mysql" ->
          new Options(port, managementPort, data, kafka, jdbc(name, rest), schedule, help);
      case "--batch-schedule" -> with(schedule.withCron(value(name, rest)));
      case "--time-zone" -> with(schedule.withTimeZone(value(name, rest)));
      case "--help", "-h" -> new Options(port, managementPort, data, kafka, mysql, schedule, true);
      default -> throw new RefusedException("Unknown option %s, see --help.".formatted(name));
    };
  }

  private Options with(Schedule newSchedule) {
    return new Options(port, managementPort, data, kafka, mysql, newSchedule, help);
  }

  private static String value(String name, Deque<String> rest) {
    var value = rest.pollFirst();
    if (value == null || value.isBlank()) {
      throw new RefusedException("%s needs a value, see --help.".formatted(name));
    }
    return value;
  }

  private static int port(String name, Deque<String> rest) {
    var value = value(name, rest);
    int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > 65_535) {
      throw new RefusedException("%s must be 1 to 65535, not %s.".formatted(name, value));
    }
    return port;
  }

  private static Path path(String name, Deque<String> rest) {
    var value = value(name, rest);
    try {
      return Path.of(value);
    } catch (InvalidPathException _) {
      throw new RefusedException("%s: %s is no path.".formatted(name, value));
    }
  }

  private static String jdbc(String name, Deque<String> rest) {
    var value = value(name, rest);
    if (value.startsWith(JDBC)) {
      return value;
    }
    if (!value.matches("[^/:]+(:[0-9]+)?/[^/]+")) {
      throw new RefusedException(
          "%s must be host:port/database or start with %s, not %s.".formatted(name, JDBC, value));
    }
    return JDBC + "//" + value;
  }
}
