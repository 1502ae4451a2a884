package io.firstcome.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The arguments of a command line, read from left to right: {@code --name value} and {@code
 * --name=value}. Mistakes are {@link RefusedException}s.
 */
public final class Arguments {
  private final Deque<String> rest;

  public Arguments(String... arguments) {
    rest = new ArrayDeque<>(List.of(arguments));
  }

  public boolean isEmpty() {
    return rest.isEmpty();
  }

  /** The name of the next option. */
  public String name() {
    var argument = rest.removeFirst();
    int equals = argument.indexOf('=');
    if (argument.startsWith("--") && equals > 0) {
      rest.addFirst(argument.substring(equals + 1));
      return argument.substring(0, equals);
    }
    return argument;
  }

  /** The value of the option whose name was just read. */
  public String value(String name) {
    var value = rest.pollFirst();
    if (value == null || value.isBlank()) {
      throw new RefusedException("%s needs a value, see --help.".formatted(name));
    }
    return value;
  }

  /** A whole number from 1 to the maximum, which has 10 digits at most. */
  public long number(String name, long max) {
    var value = value(name);
    long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : 0;
    if (number < 1 || number > max) {
      throw new RefusedException("%s must be 1 to %d, not %s.".formatted(name, max, value));
    }
    return number;
  }

  public Path path(String name) {
    var value = value(name);
    try {
      return Path.of(value);
    } catch (InvalidPathException _) {
      throw new RefusedException("%s: %s is no path.".formatted(name, value));
    }
  }

  public static RefusedException unknown(String name) {
    return new RefusedException("Unknown option %s, see --help.".formatted(name));
  }
}
