package io.firstcome.api.problem;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a value of one of our types looks like to a sender, who does not know our types. */
final class ExpectedShape {
  private ExpectedShape() {}

  static String of(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == String.class) {
      return "text";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class
        ? scalarShape(type)
        : otherShape(type);
  }

  private static String scalarShape(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    return type == double.class || type == Double.class ? "a number" : "a whole number";
  }

  private static String otherShape(Class<?> type) {
    if (type == Instant.class) {
      return "an instant in UTC such as 2026-12-24T11:00:00Z";
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-12-24";
    }
    boolean list = type.isArray() || Collection.class.isAssignableFrom(type);
    return list ? "a JSON list" : "a JSON object";
  }
}
