package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
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

  static Options parse(String... arguments) {
    var options = DEFAULTS;
    var rest = new Arguments(arguments);
    while (!rest.isEmpty()) {
      options = options.with(rest.name(), rest);
    }
    return options;
  }

  private Options with(String name, Arguments rest) {
    return switch (name) {
      case "--port" ->
          new Options(port(name, rest), managementPort, data, kafka, mysql, schedule, help);
      case "--management-port" ->
          new Options(port, port(name, rest), data, kafka, mysql, schedule, help);
      case "--data" ->
          new Options(port, managementPort, rest.path(name), kafka, mysql, schedule, help);
      case "--kafka" ->
          new Options(port, managementPort, data, rest.value(name), mysql, schedule, help);
      case "--mysql" ->
          new Options(port, managementPort, data, kafka, jdbc(name, rest), schedule, help);
      case "--batch-schedule" -> with(schedule.withCron(rest.value(name)));
      case "--time-zone" -> with(schedule.withTimeZone(rest.value(name)));
      case "--help", "-h" -> new Options(port, managementPort, data, kafka, mysql, schedule, true);
      default -> throw Arguments.unknown(name);
    };
  }

  private Options with(Schedule newSchedule) {
    return new Options(port, managementPort, data, kafka, mysql, newSchedule, help);
  }

  private static int port(String name, Arguments rest) {
    return (int) rest.number(name, 65_535);
  }

  private static String jdbc(String name, Arguments rest) {
    var value = rest.value(name);
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
