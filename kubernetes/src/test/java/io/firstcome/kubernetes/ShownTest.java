package io.firstcome.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  @ParameterizedTest(name = "{0} fits {1}: {2}")
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          "a b",        "a b",              true
          "a b",        "a     b  ",        true
          "a b",        "a b c",            false
          "a … c",      "a b b c",          true
          "a …",        "a 17s",            true
          "a …",        "b 17s",            false
          "…",          "",                 false
          "a.c",        "abc",              false
          "",           "anything",         true
          "a\nc",       "a\nb\nc",          true
          "a\nc",       "c\na",             false
          "a\na",       "a",                false
          """)
  void fits(String shown, String output, boolean fits) {
    assertThat(Shown.of(lines(shown)).fits(lines(output))).isEqualTo(fits);
  }

  private static String lines(String text) {
    return text.replace("\\n", "\n");
  }
}
