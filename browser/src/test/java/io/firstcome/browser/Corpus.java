package io.firstcome.browser;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Texts that do something where they are not treated as text. */
final class Corpus {
  private static final JsonMapper JSON = new JsonMapper();

  private Corpus() {}

  /** Each would set window.hasRun if it ran. None has more than 200 characters. */
  static List<String> texts() {
    return List.of(
        "<script>window.hasRun=1</script>",
        "<img src=x onerror=window.hasRun=1>",
        "<svg onload=window.hasRun=1>",
        "\"><svg/onload=window.hasRun=1>",
        "'><details open ontoggle=window.hasRun=1>",
        "javascript:window.hasRun=1",
        "\" autofocus onfocus=\"window.hasRun=1\" x=\"",
        "' onmouseover='window.hasRun=1' x='",
        "--></script></style></title></textarea></select><img src onerror=window.hasRun=1>",
        "<a href=javascript:window.hasRun=1>go</a> <b>bold</b> <style>*{display:none}</style>",
        "${7*7} {{7*7}} #{7*7} <%= 7*7 %> {window.hasRun=1}",
        "<?lit$1$?> <!--lit-part--> {{lit-0}} ${html}",
        "{a|style} {b|other}",
        "&lt;b&gt; %3Cscript%3E \\u003cimg\\u003e &#60;i&#62;",
        "=HYPERLINK(\"http://elsewhere.invalid\",\"go\")",
        "\u202Ereversed.exe",
        "a\u2066b\u200Fc\u0301\u0301\u0301\uD83D\uDE00",
        "W".repeat(200));
  }

  /** The same as user ids, which have at most 64 characters. */
  static String asUserId(String text) {
    int end = text.offsetByCodePoints(0, Math.min(64, text.codePointCount(0, text.length())));
    return text.substring(0, end);
  }

  /** As a JSON string, quotes included. */
  static String json(String text) {
    return JSON.writeValueAsString(text);
  }
}
