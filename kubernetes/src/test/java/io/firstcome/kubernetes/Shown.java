package io.firstcome.kubernetes;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page shows under a command. Each of its lines must be in the output, in this order; other
 * lines may stand between them. An ellipsis (…) stands for any text, and how wide columns are does
 * not matter.
 */
record Shown(List<String> lines) {
  private static final String ANY = "…";

  static Shown of(String text) {
    return new Shown(text.lines().filter(line -> !line.isBlank()).toList());
  }

  /** Whether the output is as shown; nothing shown fits everything. */
  boolean fits(String output) {
    var printed = output.lines().iterator();
    return lines.stream()
        .map(Shown::pattern)
        .allMatch(wanted -> {
          while (printed.hasNext()) {
            if (wanted.matcher(oneSpace(printed.next())).matches()) {
              return true;
            }
          }
          return false;
        });
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Pattern.compile(ANY, Pattern.LITERAL)
            .splitAsStream(oneSpace(line) + "\0")
            .map(part -> Pattern.quote(part.replace("\0", "")))
            .collect(Collectors.joining(".*")));
  }

  private static String oneSpace(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }
}
