package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.firstcome.browser.Parts.alert;
import static io.firstcome.browser.Parts.assertDrawn;
import static io.firstcome.browser.Parts.assertRefused;
import static io.firstcome.browser.Parts.button;
import static io.firstcome.browser.Parts.figure;
import static io.firstcome.browser.Parts.link;
import static io.firstcome.browser.Parts.section;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.firstcome.testing.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The figures of days, two ways to them, and the runs that count them. */
class StatisticsE2E {
  private static final ApiClient ADMIN = Product.get().admin();
  private static final String DAILY = "/api/admin/stats/daily?";
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static String harmless;
  private static String formula;

  @BeforeAll
  static void takePart() {
    harmless = took("봄 \\\"spring\\\", 2026", 2, 3);
    formula = took("=HYPERLINK(\\\"https://example.org\\\",\\\"+1\\\")", 1, 2);
    for (var sign : List.of("+", "-", "@")) {
      took(sign + "2+3", 1, 1);
    }
  }

  /** A campaign with so many requests; the display name as JSON has it. */
  private static String took(String displayName, int stock, int requests) {
    var name = Product.get().campaign(stock, ",\"displayName\":\"" + displayName + "\"");
    for (int i = 0; i < requests; i++) {
      Product.get().participated(name, "user-" + i);
    }
    return name;
  }

  @Test
  void notCountedYetToCountedByARunThatIsFollowedToItsEnd() {
    var late = took("Latecomers", 2, 3);
    try (var tab = open("?date=" + today())) {
      var page = tab.page();
      assertThat(page.locator("[data-test=pending]")).containsText("Not complete yet:");
      tab.assertAccessible();
      page.getByLabel("Day to count").fill(today().toString());
      button(page, "Run the aggregation").click();
      var followed = page.locator("[data-test=followed]");
      assertThat(followed.getByText("completed", exactly()).first()).isVisible();
      assertThat(page.locator("[data-test=pending]")).hasCount(0);
      tab.assertAccessible();

      var run = ADMIN.get("/api/admin/batch/history?size=1").json().get(0);
      assertThat(run.get("status").asString()).isEqualTo("COMPLETED");
      assertThat(followed).containsText("Run " + run.get("jobExecutionId").asLong());
      var newest = page.locator("table.history tbody tr").first();
      assertThat(newest.locator("[data-label=Run]"))
          .hasText(Long.toString(run.get("jobExecutionId").asLong()));
      assertThat(newest.locator("[data-label=Status]")).hasText("completed");
      assertThat(newest.locator("[data-label=Job]")).hasText("Daily statistics");
      assertThat(newest.locator(".did")).containsText("looked at");

      var told = ADMIN.get(DAILY + "date=" + today()).json();
      assertThat(link(page.locator("table.counts"), "Latecomers")).hasCount(1);
      assertSameFigures(page, told);
      assertThat(row(told, late).get("successCount").asInt()).isEqualTo(2);
      assertThat(row(told, late).get("outOfStockCount").asInt()).isEqualTo(1);
      assertDrawn(page.locator("[data-test=counts-chart]"), "Bars of successes and fails");
      tab.assertAccessible();
    }
  }

  @Test
  void aPeriodHasADayForEachDayAndAnAddressOfItsOwn() {
    counted();
    var from = today().minusDays(2);
    try (var tab = open("?date=" + today())) {
      var page = tab.page();
      assertThat(totals(page)).isVisible();
      page.getByLabel("First day").fill(from.toString());
      button(page, "Show").click();
      assertThat(page).hasURL(Pattern.compile("\\?from=" + from + "&to=" + today() + "$"));
      assertThat(Parts.heading(page, "Successes and fails by day")).isVisible();
      var told = ADMIN.get(DAILY + "from=" + from + "&to=" + today()).json();
      assertThat(cells(page.locator("table.counts").last()))
          .extracting(row -> row.get(1))
          .containsExactly(
              number(told.get("days").get(0), "totalCount"),
              number(told.get("days").get(1), "totalCount"),
              number(told.get("days").get(2), "totalCount"));
      assertSameFigures(page, told);
      assertDrawn(page.locator("[data-test=counts-chart]"), "by day");
      tab.assertAccessible();
      button(page, "By campaign").click();
      assertDrawn(page.locator("[data-test=counts-chart]"), "by campaign");
      assertThat(button(page, "By campaign")).hasAttribute("aria-pressed", "true");

      page.goBack();
      assertThat(page.getByLabel("First day")).hasValue(today().toString());
      assertThat(page.locator("table.counts")).hasCount(1);
      link(page.locator("main"), "Last 7 days").click();
      assertThat(page.getByLabel("First day")).hasValue(today().minusDays(7).toString());
      assertThat(page.getByLabel("Last day")).hasValue(today().minusDays(1).toString());
    }
  }

  @Test
  void theTableIsSortedByWhatIsWanted() {
    counted();
    try (var tab = open("?date=" + today())) {
      var page = tab.page();
      var table = page.locator("table.counts");
      assertThat(table).isVisible();
      assertThat(column(table, 1)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
      button(table, "Successes").click();
      assertThat(header(table, "Successes")).hasAttribute("aria-sort", "descending");
      assertThat(header(table, "Requests")).hasAttribute("aria-sort", "none");
      assertThat(column(table, 2)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
      button(table, "Successes").click();
      assertThat(header(table, "Successes")).hasAttribute("aria-sort", "ascending");
      assertThat(column(table, 2)).isSorted();
      tab.assertAccessible();
    }
  }

  @Test
  void theFileOpensWellAndRunsNothing() throws IOException {
    counted();
    try (var tab = open("?date=" + today())) {
      var page = tab.page();
      assertThat(totals(page)).isVisible();
      var download = page.waitForDownload(() -> button(page, "Export campaigns as CSV").click());
      assertThat(download.suggestedFilename())
          .isEqualTo("statistics-by-campaign-" + today() + ".csv");
      var text = Files.readString(download.path(), UTF_8);
      assertThat(text).startsWith(BYTE_ORDER_MARK + "from,to,campaign id,campaign,display name,");
      assertThat(text).endsWith("\r\n");
      assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");

      var told = ADMIN.get(DAILY + "date=" + today()).json();
      var lines = text.lines().toList();
      assertThat(lines).hasSize(1 + told.get("campaigns").size());
      assertThat(lines)
          .contains(
              line(row(told, harmless), "\"봄 \"\"spring\"\", 2026\"", "3,2,1,0,1,66.67%"),
              line(
                  row(told, formula),
                  "\"'=HYPERLINK(\"\"https://example.org\"\",\"\"+1\"\")\"",
                  "2,1,1,0,1,50.00%"));
      for (var sign : List.of("+", "-", "@")) {
        assertThat(lines).anyMatch(line -> line.contains(",'" + sign + "2+3,1,1,0,0,0,100.00%,"));
      }
    }
  }

  @Test
  void bothWaysToTheFiguresAreMeasuredAndAgree() {
    counted();
    try (var tab = open("?date=" + today())) {
      var page = tab.page();
      assertThat(totals(page)).isVisible();
      button(page, "Measure both").click();
      var ways = page.locator("[data-test=ways]");
      assertThat(page.getByText("Measured for ")).isVisible();
      assertThat(ways.locator(".way").first())
          .containsText(Pattern.compile("Raw: counted from the history [\\d.]+ ms"));
      assertThat(ways.locator(".way").last())
          .containsText(Pattern.compile("Aggregated: read from the table [\\d.]+ ms"));
      assertThat(ways.getByText(Pattern.compile("^median of 5; from "))).hasCount(2);
      assertThat(page.locator("[data-test=ratio]"))
          .hasText(Pattern.compile("takes [\\d.,]+ times as long as|Both take the same time"));
      assertThat(page.locator("[data-test=agreement]")).containsText("the figures agree");
      tab.assertAccessible();

      link(page.locator("main"), "Yesterday").click();
      assertThat(ways).hasCount(0);
    }
  }

  @Test
  void aFailedRunStandsInTheHistoryWithItsReason() {
    try (var failed = new FailedRun(LocalDate.of(2020, 2, 3), "2 campaigns <b>failed</b>: a, b.");
        var tab = open("?date=" + today())) {
      var page = tab.page();
      var run = page.locator("table.history tbody tr").first();
      assertThat(run.locator("[data-label=Run]")).hasText(Long.toString(failed.id()));
      assertThat(run.locator("[data-label=Status]")).hasText("failed");
      assertThat(run.locator("[data-label=Day]")).hasText("Feb 3, 2020");
      assertThat(run.getByText("2 campaigns <b>failed</b>: a, b.")).isVisible();
      assertThat(run.getByText("Why it did not complete")).isVisible();
      tab.assertAccessible();
    }
  }

  @Test
  void aDayWithoutRequestsSaysSo() {
    try (var tab =
        new Tab(390, 844, "en-US", ColorScheme.DARK)
            .signedIn("/admin/statistics?date=2020-01-01")) {
      var page = tab.page();
      assertThat(Parts.heading(page, "Jan 1, 2020")).isVisible();
      assertThat(page.locator("[data-test=no-figures]"))
          .containsText("No request was counted in this time.");
      assertThat(page.locator("canvas")).hasCount(0);
      tab.assertFits();
      tab.assertAccessible();
    }
  }

  @Test
  void aPeriodThatCannotBeIsRefusedWithASentence() {
    try (var tab = open("").expecting("400")) {
      var page = tab.page();
      assertThat(page.getByLabel("First day")).not().hasValue("");
      page.getByLabel("First day").fill("2026-01-05");
      page.getByLabel("Last day").fill("2026-01-04");
      button(page, "Show").click();
      assertRefused(page.getByLabel("Last day"), "The last day must not be before the first.");
      assertThat(page.getByLabel("Last day")).isFocused();
      page.getByLabel("First day").fill("2024-01-01");
      button(page, "Show").click();
      assertRefused(
          page.getByLabel("Last day"), "At most 366 days can be shown at once; these are 735.");
      tab.assertAccessible();
      page.getByLabel("Day to count").fill("");
      button(page, "Run the aggregation").click();
      assertRefused(page.getByLabel("Day to count"), "Choose the day that is to be counted.");

      tab.open("/admin/statistics?date=2026-02-30");
      assertThat(alert(section(page, "Figures"))).containsText("must be a date");
      assertThat(alert(section(page, "Figures")))
          .containsText("Choose another day or period above.");
      tab.assertAccessible();
    }
  }

  @Test
  void aRunThatIsAtWorkAlreadyIsShownAndFollowed() {
    try (var tab = open("?date=" + today()).expecting("409")) {
      var page = tab.page();
      var refusing =
          Canned.writes(
              page,
              "/api/admin/batch/aggregate",
              Canned.problem(
                  409, "BATCH_RUNNING", "The run 4711 is at work.", ",\"jobExecutionId\":4711"));
      var running =
          Canned.reads(page, "/api/admin/batch/status/4711", Canned.json(run4711("STARTED")));
      assertThat(page.locator("table.history, .empty").first()).isVisible();
      page.getByLabel("Day to count").fill(today().toString());
      button(page, "Run the aggregation").click();
      assertThat(alert(section(page, "Batch runs"))).containsText("The run 4711 is at work.");
      assertThat(alert(section(page, "Batch runs")))
          .containsText("Run 4711 is shown below. Start yours when it has ended.");
      var followed = page.locator("[data-test=followed]");
      assertThat(followed).containsText("Run 4711");
      assertThat(followed).containsText("running");
      assertThat(followed.getByRole(AriaRole.PROGRESSBAR)).isVisible();
      tab.assertAccessible();
      running.now();
      Canned.reads(page, "/api/admin/batch/status/4711", Canned.json(run4711("COMPLETED")));
      assertThat(followed).containsText("completed");
      assertThat(alert(section(page, "Batch runs"))).hasCount(0);
      refusing.now();
      button(page, "Run the aggregation").click();
      assertThat(followed).not().containsText("Run 4711");
      assertThat(followed.getByText("completed", exactly()).first()).isVisible();
    }
  }

  @Test
  void figuresOfBeforeKeepStandingWhileTheServerIsAway() {
    counted();
    try (var tab = open("?date=" + today()).expecting("503")) {
      var page = tab.page();
      assertThat(totals(page)).isVisible();
      var away = Canned.reads(page, "/api/admin/stats/daily", Canned.unavailable());
      button(page, "Show").click();
      var figures = page.locator("section.figures");
      assertThat(alert(figures)).containsText("The figures below are from ");
      assertThat(totals(page)).isVisible();
      tab.assertAccessible();
      away.now();
      button(figures, "Try again").click();
      assertThat(alert(figures)).hasCount(0);
      assertSameFigures(page, ADMIN.get(DAILY + "date=" + today()).json());
    }
  }

  /** The totals and the table of the campaigns are what the api tells. */
  private static void assertSameFigures(Page page, JsonNode told) {
    assertThat(figure(page.locator("section.figures"), "Requests"))
        .hasText(number(told, "totalCount"));
    assertThat(figure(page.locator("section.figures"), "Successes"))
        .hasText(number(told, "successCount"));
    assertThat(figure(page.locator("section.figures"), "Fails")).hasText(number(told, "failCount"));
    assertThat(figure(page.locator("section.figures"), "Success rate"))
        .hasText(told.get("successRate").asString());
    var expected = new ArrayList<List<String>>();
    for (var campaign : told.get("campaigns")) {
      expected.add(
          List.of(
              name(campaign),
              number(campaign, "totalCount"),
              number(campaign, "successCount"),
              number(campaign, "failCount"),
              number(campaign, "alreadyIssuedCount"),
              number(campaign, "outOfStockCount"),
              campaign.get("successRate").asString()));
    }
    assertThat(cells(page.locator("table.counts").first()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String name(JsonNode campaign) {
    var name = campaign.get("campaignName").asString();
    var displayName = campaign.get("displayName").asString();
    return name.equals(displayName) ? name : displayName + " " + name;
  }

  /** The texts of the rows of a table. */
  private static List<List<String>> cells(Locator table) {
    var rows = new ArrayList<List<String>>();
    for (var row : table.locator("tbody tr").all()) {
      rows.add(
          row.locator("th, td").allInnerTexts().stream()
              .map(text -> text.strip().replaceAll("\\s+", " "))
              .toList());
    }
    return rows;
  }

  private static List<Long> column(Locator table, int index) {
    return cells(table).stream()
        .map(row -> Long.parseLong(row.get(index).replace(",", "")))
        .toList();
  }

  private static Locator header(Locator table, String title) {
    return table.locator("thead th").filter(new Locator.FilterOptions().setHasText(title)).first();
  }

  /** All of today is counted, and nothing comes in any more. */
  private static void counted() {
    Operations.aggregated(today());
  }

  private static Tab open(String period) {
    return Tab.desktop().signedIn("/admin/statistics" + period);
  }

  private static Locator totals(Page page) {
    return page.locator("dl.totals");
  }

  private static JsonNode row(JsonNode told, String campaign) {
    return told.get("campaigns")
        .valueStream()
        .filter(row -> row.get("campaignName").asString().equals(campaign))
        .findFirst()
        .orElseThrow();
  }

  /** A line of the file. */
  private static String line(JsonNode campaign, String displayName, String counts) {
    return "%1$s,%1$s,%2$d,%3$s,%4$s,%5$s,Asia/Seoul"
        .formatted(
            today(),
            campaign.get("campaignId").asLong(),
            campaign.get("campaignName").asString(),
            displayName,
            counts);
  }

  private static String run4711(String status) {
    return """
    {"jobExecutionId": 4711, "jobName": "daily-statistics", "status": "%s",
     "date": "2026-01-02", "campaign": null, "startTime": "2026-01-03T00:00:00Z",
     "endTime": null, "durationMs": null, "exitCode": null, "exitMessage": null, "steps": []}
    """
        .formatted(status);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static LocalDate today() {
    return Operations.today();
  }

  private static String number(JsonNode counts, String field) {
    return String.format(Locale.US, "%,d", counts.get(field).asLong());
  }
}
