package io.firstcome.bench;

import java.util.Locale;

/** Numbers as people read them: three digits that mean something. */
final class Figures {
  private Figures() {}

  static String of(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || value == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
