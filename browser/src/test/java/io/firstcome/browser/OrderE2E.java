package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.firstcome.browser.Parts.alert;
import static io.firstcome.browser.Parts.assertDrawn;
import static io.firstcome.browser.Parts.button;
import static io.firstcome.browser.Parts.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.firstcome.testing.ApiClient;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How far the order of decisions is the order of the log, with 1 and with 4 partitions. */
class OrderE2E {
  private static final int REQUESTS = 3_000;
  private static final ApiClient ADMIN = Product.get().admin();
  private static final String ANALYSIS = "/api/admin/stats/order-analysis/";
  private static String one;
  private static String four;

  @BeforeAll
  static void decideBoth() {
    var product = Product.get();
    one = product.campaign(50, ",\"displayName\":\"One line\"");
    four = product.campaign(50, ",\"displayName\":\"Four lines\",\"partitions\":4");
    Operations.bulkDecided(one, REQUESTS);
    Operations.bulkDecided(four, REQUESTS);
  }

  @Test
  void onePartitionIsInOrderFromTheFirstToTheLast() {
    try (var tab = open(one)) {
      var page = tab.page();
      var half = half(page, 0);
      assertThat(half.locator(".accuracy")).hasText("100.00% in the order of the log");
      assertThat(half.getByText("in order", exactly())).isVisible();
      assertThat(half.locator("[data-test=sentence]"))
          .containsText("All 3,000 decisions were made in the order of the log");
      assertThat(figure(half, "Decisions")).hasText("3,000");
      assertThat(figure(half, "Before their turn")).hasText("0");
      assertThat(figure(half, "Given out")).hasText("50 of 50: all, and not one more");
      assertThat(bars(page, "One line").getByRole(AriaRole.LISTITEM)).hasCount(1);
      assertThat(bars(page, "One line")).containsText("3,000 decisions, all in turn");
      assertDrawn(timeline(page, 0), "each later decision stands later in the log");
      assertThat(rows(page).filter(having("before its turn"))).hasCount(0);
      tab.assertAccessible();

      page.getByLabel("only those before their turn").check();
      assertThat(page.getByText("No decision of One line")).isVisible();
      tab.assertAccessible();
    }
    assertThat(analysis(one, "whole").get("summary").get("orderMismatches").asInt()).isZero();
  }

  @Test
  void fourPartitionsNextToOneAreSeenWithTheFiguresOfTheApi() {
    try (var tab = open(one)) {
      var page = tab.page();
      assertThat(half(page, 0).locator(".accuracy")).isVisible();
      page.getByLabel("Compare with").selectOption(four);
      button(page, "Show").click();
      assertThat(page).hasURL(Product.get().address() + path(one) + "?with=" + four);
      var half = half(page, 1);
      var told = analysis(four, "whole");
      assertSameFigures(half, told);
      assertThat(page.locator("[data-test=compared]"))
          .hasText(
              "In the order of the log: 100.00%% with 1 partition, %s with 4 partitions."
                  .formatted(told.get("summary").get("orderAccuracy").asString()));
      assertThat(bars(page, "Four lines").getByRole(AriaRole.LISTITEM)).hasCount(4);
      for (int partition = 0; partition < 4; partition++) {
        assertThat(bars(page, "Four lines").getByRole(AriaRole.LISTITEM).nth(partition))
            .containsText(barWords(told, Integer.toString(partition)));
      }
      assertDrawn(timeline(page, 0), "Timeline of One line");
      assertDrawn(timeline(page, 1), "Timeline of Four lines");
      tab.assertAccessible();

      page.goBack();
      assertThat(half(page, 1)).hasCount(0);
      assertThat(half(page, 0).locator(".accuracy")).hasText("100.00% in the order of the log");
    }
  }

  @Test
  void whatIsChosenStaysChosenWhileSomethingElseIsDrawn() {
    try (var tab = Tab.desktop()) {
      var page = tab.page();
      var slow = new AtomicReference<Route>();
      var held = Canned.reads(page, ANALYSIS + one, slow::set);
      tab.signedIn(path(one));
      page.getByLabel("Compare with").selectOption(four);
      page.waitForCondition(() -> slow.get() != null);
      held.now();
      slow.get().resume();
      assertThat(half(page, 0).locator(".accuracy")).isVisible();
      assertThat(page.getByLabel("Compare with")).hasValue(four);
      button(page, "Show").click();
      assertThat(page).hasURL(Product.get().address() + path(one) + "?with=" + four);

      page.goBack();
      assertThat(page.getByLabel("Compare with")).hasValue("");
    }
  }

  @Test
  void aComparisonHasAnAddressOfItsOwn() {
    try (var tab = Tab.phone("en-US")) {
      var page = tab.page();
      tab.signedIn(path(four) + "?with=" + one);
      assertSameFigures(half(page, 0), analysis(four, "whole"));
      assertSameFigures(half(page, 1), analysis(one, "whole"));
      assertThat(page.getByLabel("Campaign", new Page.GetByLabelOptions().setExact(true)))
          .hasValue(four);
      assertThat(page.getByLabel("Compare with")).hasValue(one);
      assertDrawn(timeline(page, 1), "Timeline of One line");
      tab.assertFits();
      tab.assertAccessible();
    }
  }

  @Test
  void whoWentAheadIsMarkedInWordsAndCanBeSeenAlone() {
    try (var tab = open(four)) {
      var page = tab.page();
      assertRows(page, analysis(four, "whole"));
      choose(page, "violation");
      var around = analysis(four, "violation");
      // All four lines were full, so batches went ahead of each other.
      assertThat(ahead(around)).isPositive();
      assertRows(page, around);
      var first = decisions(page).getByRole(AriaRole.ROW).filter(having("before its turn")).first();
      assertThat(first).containsText("ahead of ");
      assertThat(timeline(page, 0)).hasAttribute("role", "img");

      page.getByLabel("only those before their turn").check();
      assertThat(rows(page)).hasCount(ahead(around));
      assertThat(rows(page).filter(having("before its turn"))).hasCount(ahead(around));
      tab.assertAccessible();
    }
  }

  @Test
  void theLastChoiceOfDecisionsIsShownAlsoAfterALateAnswerAndAFailure() {
    try (var tab = open(four).expecting("503")) {
      var page = tab.page();
      assertThat(page.getByText("evenly spread over all 3,000")).isVisible();
      var slow = new AtomicReference<Route>();
      var late = Canned.reads(page, "samples=violation", slow::set);
      choose(page, "violation");
      page.waitForCondition(() -> slow.get() != null);
      choose(page, "whole");
      page.waitForResponse("**/*samples=whole", () -> slow.get().resume());
      assertRows(page, analysis(four, "whole"));
      assertThat(page.getByText("evenly spread over all 3,000")).isVisible();

      late.now();
      var away = Canned.reads(page, "samples=violation", Canned.unavailable());
      choose(page, "violation");
      assertThat(alert(half(page, 0))).containsText("The service is not available right now.");
      // What stands there is still what it says it is.
      assertThat(page.getByText("evenly spread over all 3,000")).isVisible();
      away.now();
      choose(page, "whole");
      assertThat(alert(half(page, 0))).hasCount(0);
      choose(page, "violation");
      assertThat(page.getByText("in a row, from shortly before the first one")).isVisible();
      assertRows(page, analysis(four, "violation"));
    }
  }

  @Test
  void zoomingChangesWhatIsSpokenOf() {
    try (var tab = open(four)) {
      var page = tab.page();
      assertDrawn(timeline(page, 0), "Timeline of Four lines");
      var shown = page.locator("[data-test=shown]");
      int all = analysis(four, "whole").get("samples").size();
      assertThat(shown).hasText("Everything that was read is shown.");
      assertOff(page, "Zoom out", "Earlier", "Later", "Show all");
      button(page, "Zoom in").click();
      assertThat(shown).hasText(range(all, 25, 75));
      button(page, "Later").click();
      assertThat(shown).hasText(range(all, 50, 100));
      assertOff(page, "Later");
      button(page, "Zoom in").click();
      assertThat(shown).hasText(range(all, 62.5, 87.5));
      button(page, "Earlier").click();
      assertThat(shown).hasText(range(all, 50, 75));
      tab.assertAccessible();
      button(page, "Zoom out").click();
      assertThat(shown).hasText(range(all, 37.5, 87.5));
      page.getByLabel("From left to right").selectOption("time");
      assertThat(shown).hasText("Everything that was read is shown.");
      button(page, "Zoom in").click();
      assertThat(shown).containsText("of " + all);
      button(page, "Show all").click();
      assertThat(shown).hasText("Everything that was read is shown.");
    }
  }

  @Test
  void anEmptyCampaignSaysWhatIsMissingAndFillsUp() {
    var product = Product.get();
    var name = product.campaign(3, "");
    try (var tab = open(name)) {
      var page = tab.page();
      var half = half(page, 0);
      assertThat(half).containsText("Nothing has been decided from the log yet.");
      assertThat(page.locator("canvas")).hasCount(0);
      tab.assertAccessible();
      assertThat(product.participated(name, "ann")).isEqualTo("SUCCESS");
      button(half, "Look again").click();
      assertThat(half).containsText("The one decision was made in its turn.");
      assertThat(rows(page)).hasCount(1);
      assertThat(rows(page).first()).containsText("ann");
      assertDrawn(timeline(page, 0), "1 decision of 1 partition");
    }
  }

  @Test
  void aCampaignThatIsNotThereLeavesTheOtherOneStanding() {
    try (var tab = Tab.desktop().expecting("404")) {
      var page = tab.page();
      tab.signedIn(path("no-such-campaign"));
      assertThat(half(page, 0)).containsText("There is no campaign of this name (any more).");
      tab.assertAccessible();
      tab.open(path(one) + "?with=no-such-campaign");
      assertThat(half(page, 0).locator(".accuracy")).hasText("100.00% in the order of the log");
      assertThat(half(page, 1)).containsText("There is no campaign of this name (any more).");
      tab.assertAccessible();
    }
  }

  @Test
  void aFailureIsSaidAndASecondTryWorks() {
    try (var tab = Tab.desktop().expecting("503").expecting("429").expecting("ERR_FAILED")) {
      var page = tab.page();
      var slow =
          Canned.reads(
              page,
              ANALYSIS,
              Canned.problem(503, "SERVICE_UNAVAILABLE", "It took longer than 60 seconds.", ""));
      tab.signedIn(path(one));
      var half = half(page, 0);
      assertThat(alert(half)).containsText("It took longer than 60 seconds.");
      assertThat(alert(half)).containsText("Looking changes nothing");
      tab.assertAccessible();
      slow.now();
      var silence = Canned.reads(page, ANALYSIS, Route::abort);
      button(half, "Try again").click();
      assertThat(alert(half)).containsText("The server does not answer.");
      silence.now();
      var busy = Canned.reads(page, ANALYSIS, Canned.problem(429, "TOO_MANY_REQUESTS", "Two.", ""));
      button(half, "Try again").click();
      assertThat(half.getByRole(AriaRole.STATUS)).containsText("It goes on by itself");
      tab.assertAccessible();
      busy.now();
      assertThat(half.locator(".accuracy")).hasText("100.00% in the order of the log");
      assertThat(alert(half)).hasCount(0);
    }
  }

  private static void assertSameFigures(Locator half, JsonNode told) {
    var summary = told.get("summary");
    assertThat(half.locator(".accuracy"))
        .hasText(summary.get("orderAccuracy").asString() + " in the order of the log");
    assertThat(figure(half, "Decisions")).hasText(number(summary.get("totalRecords").asInt()));
    assertThat(figure(half, "Before their turn"))
        .hasText(number(summary.get("orderMismatches").asInt()));
  }

  /** The table has each decision that the api tells of, and marks the same ones. */
  private static void assertRows(Page page, JsonNode told) {
    assertThat(rows(page)).hasCount(told.get("samples").size());
    assertThat(rows(page).filter(having("before its turn"))).hasCount(ahead(told));
    assertThat(rows(page).filter(having("in turn")))
        .hasCount(told.get("samples").size() - ahead(told));
    var last = told.get("samples").get(told.get("samples").size() - 1);
    assertThat(rows(page).last()).containsText(last.get("userId").asString());
  }

  private static void assertOff(Page page, String... names) {
    for (var name : names) {
      assertThat(button(page, name)).hasAttribute("aria-disabled", "true");
    }
  }

  /** What is spoken of between these percentages of the timeline of so many decisions. */
  private static String range(int all, double from, double to) {
    int first = (int) Math.ceil(from * (all + 1) / 100);
    int last = Math.min(all, (int) Math.floor(to * (all + 1) / 100));
    return "Decisions shown: %d to %d of %d.".formatted(first, last, all);
  }

  private static String barWords(JsonNode told, String partition) {
    int count = told.get("partitionDistribution").get(partition).asInt();
    int ahead = told.get("partitionMismatches").path(partition).asInt(0);
    return "Partition %s %s decisions, %s"
        .formatted(
            partition,
            number(count),
            ahead == 0 ? "all in turn" : number(ahead) + " before their turn");
  }

  private static int ahead(JsonNode told) {
    int ahead = 0;
    for (var sample : told.get("samples")) {
      ahead += sample.get("orderViolation").asBoolean() ? 1 : 0;
    }
    return ahead;
  }

  private static JsonNode analysis(String campaign, String samples) {
    var answer = ADMIN.get(ANALYSIS + campaign + "?samples=" + samples);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static Tab open(String campaign) {
    return Tab.desktop().signedIn(path(campaign));
  }

  private static String path(String campaign) {
    return "/admin/campaigns/" + campaign + "/order";
  }

  /** Which decisions are shown. */
  private static void choose(Page page, String samples) {
    page.getByLabel("Decisions", new Page.GetByLabelOptions().setExact(true)).selectOption(samples);
  }

  private static Locator half(Page page, int index) {
    return page.locator("article[data-test=half-" + index + "]");
  }

  private static Locator timeline(Page page, int index) {
    return page.locator("[data-test=timeline-" + index + "]");
  }

  private static Locator bars(Page page, String displayName) {
    return page.getByLabel("Decisions by partition of " + displayName);
  }

  private static Locator decisions(Page page) {
    return Parts.section(page, "Decisions in the timeline");
  }

  private static Locator rows(Page page) {
    return decisions(page).locator("tbody tr");
  }

  private static Locator.FilterOptions having(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static String number(int value) {
    return String.format(Locale.US, "%,d", value);
  }
}
