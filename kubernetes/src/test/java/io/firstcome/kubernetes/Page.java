package io.firstcome.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * The commands of a page. A fenced block {@code sh} is run; a block {@code text} after it is what
 * it prints. {@code sh until=60s} is for what takes a moment: it is run again until the output is
 * as shown, for so long at most. {@code sh example} is not run.
 */
record Page(List<Block> blocks) {
  private static final Pattern PATIENCE = Pattern.compile("until=(\\d+)s");

  /**
   * One block of commands.
   *
   * @param section the heading above it
   * @param patience how long to try again; zero to run it once
   */
  record Block(String section, String commands, Duration patience, Shown shown) {
    String title() {
      return section + ": " + commands.lines().findFirst().orElse("");
    }
  }

  static Page read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Page parse(String markdown) {
    var blocks = new ArrayList<Block>();
    var section = "";
    for (Node node = Parser.builder().build().parse(markdown).getFirstChild();
        node != null;
        node = node.getNext()) {
      if (node instanceof Heading heading && heading.getFirstChild() instanceof Text text) {
        section = text.getLiteral();
      } else if (node instanceof FencedCodeBlock code && isRun(code)) {
        blocks.add(
            new Block(section, code.getLiteral(), patience(code.getInfo()), shownUnder(code)));
      }
    }
    return new Page(List.copyOf(blocks));
  }

  private static boolean isRun(FencedCodeBlock code) {
    return code.getInfo().equals("sh") || code.getInfo().startsWith("sh until=");
  }

  private static Duration patience(String info) {
    return Optional.of(PATIENCE.matcher(info))
        .filter(java.util.regex.Matcher::find)
        .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
        .orElse(Duration.ZERO);
  }

  private static Shown shownUnder(FencedCodeBlock code) {
    return code.getNext() instanceof FencedCodeBlock next && next.getInfo().equals("text")
        ? Shown.of(next.getLiteral())
        : Shown.of("");
  }
}
