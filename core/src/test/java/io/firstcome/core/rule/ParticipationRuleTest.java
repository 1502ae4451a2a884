package io.firstcome.core.rule;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the tables in src/test/resources/rule: what a person reads there is what is decided. */
class ParticipationRuleTest {
  private static final Path TABLES = Path.of("src/test/resources/rule");
  private static final Pattern CAMPAIGN = Pattern.compile("campaign stock=(\\d+)( repeatable)?");
  private static final Pattern GROW = Pattern.compile("grow (\\d+)");
  private static final Pattern REQUEST = Pattern.compile("(\\S+)(?: +key=(\\S+))? +-> (.+)");

  @TestFactory
  Stream<DynamicTest> decidesAsTheTablesSay() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (var files = Files.list(TABLES)) {
      for (var file : files.sorted().toList()) {
        for (var table : tables(file)) {
          var name = file.getFileName() + ": " + String.join(" / ", table);
          tests.add(DynamicTest.dynamicTest(name, () -> play(table)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests.stream();
  }

  private static List<List<String>> tables(Path file) throws IOException {
    var tables = new ArrayList<List<String>>();
    for (var line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (CAMPAIGN.matcher(line).matches()) {
        tables.add(new ArrayList<>());
      }
      tables.getLast().add(line);
    }
    return tables;
  }

  private static void play(List<String> table) {
    var header = match(CAMPAIGN, table.getFirst());
    // Each stretch of requests between two growths is decided once as one batch, once one by one.
    for (boolean oneByOne : new boolean[] {false, true}) {
      var campaign = new CampaignOnPaper(header.group(2) != null, Long.parseLong(header.group(1)));
      var stretch = new ArrayList<String>();
      var lines = new ArrayList<>(table.subList(1, table.size()));
      lines.add("grow 0");
      for (var line : lines) {
        var grow = GROW.matcher(line);
        if (grow.matches()) {
          check(campaign, stretch, oneByOne);
          stretch.clear();
          campaign.grow(Long.parseLong(grow.group(1)));
        } else {
          stretch.add(line);
        }
      }
    }
  }

  private static void check(CampaignOnPaper campaign, List<String> lines, boolean oneByOne) {
    var requests = lines.stream().map(ParticipationRuleTest::request).toList();
    var sizes = oneByOne ? requests.stream().map(r -> 1).toList() : List.of(requests.size());
    var decisions = campaign.decideInBatches(requests, sizes);
    var expected = lines.stream().map(line -> match(REQUEST, line).group(3)).collect(joining("\n"));
    assertThat(decisions.stream().map(ParticipationRuleTest::text).collect(joining("\n")))
        .isEqualTo(expected);
  }

  private static Request request(String line) {
    var parts = match(REQUEST, line);
    return new Request(parts.group(1), parts.group(2));
  }

  private static String text(Decision decision) {
    return decision.outcome()
        + (decision.rank() > 0 ? " " + decision.rank() : "")
        + (decision.repeat() ? " again" : "");
  }

  private static Matcher match(Pattern pattern, String line) {
    var matcher = pattern.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher;
  }
}
