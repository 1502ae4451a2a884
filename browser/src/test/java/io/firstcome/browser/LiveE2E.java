package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.firstcome.browser.Parts.alert;
import static io.firstcome.browser.Parts.assertDrawn;
import static io.firstcome.browser.Parts.assertRefused;
import static io.firstcome.browser.Parts.button;
import static io.firstcome.browser.Parts.dialog;
import static io.firstcome.browser.Parts.figure;
import static io.firstcome.browser.Parts.only;
import static io.firstcome.browser.Parts.section;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.firstcome.testing.ApiClient;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One campaign as it is right now. */
class LiveE2E {
  private static final double RUN_WITHIN_MILLIS = 120_000;
  // A figure is at most a second old at the server, and asked for once a second.
  private static final double SOON_MILLIS = 3_000;
  private static final ApiClient ADMIN = Product.get().admin();

  @Test
  void tenThousandAtAButtonEndInExactFigures() {
    var name = Product.get().campaign(500, ",\"partitions\":2");
    try (var tab = open(name)) {
      var page = tab.page();
      var bulk = section(page, "Try it under load");
      tab.assertAccessible();
      button(bulk, "Send 10,000").click();
      assertThat(run(page)).isVisible();
      tab.assertAccessible();
      assertThat(run(page)).hasAttribute("data-status", "DONE", forAWholeRun());
      assertThat(run(page)).containsText("Done: 10,000 sent and all decided in ");
      assertThat(run(page).getByText("10,000 of 10,000")).hasCount(2);
      assertThat(run(page).getByLabel("Decided")).hasAttribute("value", "10000");

      var stock = section(page, "Stock and results");
      assertThat(figure(stock, "Got one")).hasText("500");
      assertThat(figure(stock, "Got none")).hasText("9,500");
      assertThat(figure(stock, "Decided")).hasText("10,000");
      assertThat(stock).containsText("Sold out");
      assertThat(stock).containsText("left of 500");
      assertThat(page.getByRole(AriaRole.STATUS).getByText(name + " is open and sold out."))
          .hasCount(1);

      var lag = section(page, "Lag");
      assertThat(lag.locator(".big-figure")).hasText("0");
      assertThat(lag.locator("[data-test=partition]")).hasCount(2);
      for (var partition : lag.locator("[data-test=partition]").all()) {
        assertThat(partition.locator("td.number").first()).hasText("0");
      }

      assertDrawn(page.locator("#rate-chart"), "Decisions a second over the last 5 minutes");
      assertDrawn(page.locator("#latency-chart"), "in the slowest second.");
      assertThat(figure(section(page, "The last 5 minutes"), "At most").first())
          .hasText(Pattern.compile("^[1-9][\\d,.]* / s$"));
      tab.assertAccessible();
    }
    var status = Product.get().anybody().get("/api/campaigns/" + name + "/status").json();
    assertThat(status.get("successCount").asLong()).isEqualTo(500);
    assertThat(status.get("failCount").asLong()).isEqualTo(9_500);
  }

  @Test
  void figuresFollowWithinSecondsWithoutAReload() {
    var product = Product.get();
    var name = product.campaign(2, "");
    try (var tab = open(name)) {
      var page = tab.page();
      var stock = section(page, "Stock and results");
      assertThat(figure(stock, "Got one")).hasText("0");
      page.evaluate("() => { document.body.dataset.same = 'yes'; }");
      for (int i = 1; i <= 2; i++) {
        assertThat(product.participated(name, "user-" + i)).isEqualTo("SUCCESS");
        assertThat(figure(stock, "Got one"))
            .hasText(
                Integer.toString(i),
                new LocatorAssertions.HasTextOptions().setTimeout(SOON_MILLIS));
      }
      assertThat(product.participated(name, "user-1")).isEqualTo("ALREADY_ISSUED");
      assertThat(figure(stock, "Got none"))
          .hasText("1", new LocatorAssertions.HasTextOptions().setTimeout(SOON_MILLIS));
      assertThat(stock.locator(".as-of")).hasText(Pattern.compile("just now|[2-5] s ago"));
      assertThat(page.locator("body[data-same=yes]")).hasCount(1);
    }
  }

  @Test
  void figuresKeepStandingWithTheirAgeWhileTheServerIsAwayAndComeBack() {
    var product = Product.get();
    var name = product.campaign(9, "");
    assertThat(product.participated(name, "ann")).isEqualTo("SUCCESS");
    try (var tab = open(name).expecting("ERR_INTERNET_DISCONNECTED").expecting("503")) {
      var page = tab.page();
      var stock = section(page, "Stock and results");
      assertThat(figure(stock, "Got one")).hasText("1");
      tab.context().setOffline(true);
      assertThat(alert(page.locator("main"))).containsText("The server does not answer.");
      assertThat(stock.locator(".as-of"))
          .containsText(Pattern.compile("Old figures\\. As of .*, \\d+ s ago"));
      assertThat(figure(stock, "Got one")).hasText("1");
      tab.assertAccessible();
      assertThat(product.participated(name, "bob")).isEqualTo("SUCCESS");
      tab.context().setOffline(false);
      assertThat(figure(stock, "Got one")).hasText("2");
      assertThat(alert(page.locator("main"))).hasCount(0);
      assertThat(stock.locator(".as-of")).not().containsText("Old figures");

      var away = Canned.reads(page, "/live", Canned.unavailable());
      assertThat(alert(page.locator("main")))
          .containsText("The service is not available right now.");
      assertThat(stock.locator(".as-of")).containsText("Old figures");
      away.now();
      assertThat(alert(page.locator("main"))).hasCount(0);
      assertThat(figure(stock, "Got one")).hasText("2");
    }
  }

  @Test
  void theChartsComeAsSoonAsTheyCanBeLoaded() {
    var name = Product.get().campaign(9, "");
    try (var tab = Tab.desktop().expecting("ERR_FAILED")) {
      var page = tab.page();
      var lost = Canned.reads(page, "/live-charts.js", Route::abort);
      tab.signedIn("/admin/campaigns/" + name);
      var rate = section(page, "The last 5 minutes");
      assertThat(rate).containsText("The charts could not be loaded; the figures are right.");
      assertThat(figure(rate, "At most").first()).hasText("0 / s");
      tab.assertAccessible();
      lost.now();
      assertDrawn(page.locator("#rate-chart"), "0 / s at most");
      assertThat(rate).not().containsText("The charts could not be loaded");
    }
  }

  @Test
  void aCampaignThatIsNotThereIsSaidAndAppearsByItselfWhenItIsMade() {
    var name = "later-" + UUID.randomUUID().toString().substring(0, 13);
    try (var tab = Tab.desktop().expecting("404")) {
      tab.signedIn("/admin/campaigns/" + name);
      var page = tab.page();
      assertThat(Parts.heading(page, name)).isVisible();
      assertThat(alert(page.locator("main"))).containsText("There is no campaign with this name.");
      tab.assertAccessible();
      var made =
          ADMIN.post("/api/admin/campaigns", "{\"name\":\"%s\",\"totalStock\":3}".formatted(name));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      assertThat(section(page, "Stock and results")).containsText("left of 3");
      assertThat(button(page, "Pause")).isVisible();

      assertThat(ADMIN.delete("/api/admin/campaigns/" + name).status()).isEqualTo(204);
      assertThat(alert(page.locator("main"))).containsText("This campaign was deleted.");
      assertThat(alert(page.locator("main"))).containsText("3 of 3 were left");
      tab.assertAccessible();
    }
  }

  @Test
  void aReloadGoesOnShowingTheRunThatWasStartedHere() throws SQLException {
    var name = Product.get().campaign(10, "");
    try (var tab = open(name);
        var held = HeldCampaign.hold(name)) {
      var page = tab.page();
      var count = page.getByLabel("How many requests");
      count.fill("0");
      count.press("Enter");
      assertRefused(count, "A whole number from 1 to 1,000,000.");
      assertThat(count).isFocused();
      tab.assertAccessible();
      count.fill("3000");
      button(page, "Send 3,000").click();
      assertThat(run(page)).hasAttribute("data-status", "DECIDING");
      assertThat(run(page)).containsText("All are sent; waiting for the last decisions");
      assertThat(section(page, "Lag").locator(".big-figure")).hasText("3,000");
      page.reload();
      assertThat(run(page)).hasAttribute("data-status", "DECIDING");
      assertThat(run(page)).containsText("3,000 of 3,000");
      assertThat(run(page)).containsText("0 of 3,000");
      tab.assertAccessible();
      held.letGo();
      assertThat(run(page)).hasAttribute("data-status", "DONE", forAWholeRun());
      assertThat(run(page)).containsText("Done: 3,000 sent and all decided");
      assertThat(figure(section(page, "Stock and results"), "Got none")).hasText("2,990");
      assertThat(section(page, "Lag").locator(".big-figure")).hasText("0");
    }
  }

  @Test
  void pausedHereItTakesNoRequestsUntilItIsResumed() {
    var product = Product.get();
    var name = product.campaign(5, "");
    try (var tab =
        new Tab(390, 844, "en-US", ColorScheme.DARK).signedIn("/admin/campaigns/" + name)) {
      var page = tab.page();
      tab.assertAccessible();
      button(page, "Pause").click();
      var pausing = dialog(page, "Pause " + name + "?");
      pausing.getByLabel("Why").fill("Too many at once");
      tab.assertAccessible();
      button(pausing, "Pause").click();
      assertThat(badge(page, "Paused")).isVisible();
      assertThat(page.getByText("Only an open campaign takes requests.")).isVisible();
      assertThat(button(page, "Send 10,000")).isDisabled();
      assertThat(product.anybody().participate(name, "ann").code()).isEqualTo("CAMPAIGN_PAUSED");
      tab.assertAccessible();

      button(page, "Resume").click();
      button(dialog(page, "Resume " + name + "?"), "Resume").click();
      assertThat(badge(page, "Open")).isVisible();
      assertThat(button(page, "Send 10,000")).isEnabled();
      assertThat(product.participated(name, "ann")).isEqualTo("SUCCESS");
    }
    var log = ADMIN.get("/api/admin/audit-log?campaign=" + name).json();
    assertThat(log.get(1).get("details").get("why").asString()).isEqualTo("Too many at once");
  }

  private static Tab open(String campaign) {
    return Tab.desktop().signedIn("/admin/campaigns/" + campaign);
  }

  private static Locator run(Page page) {
    return page.locator("[data-test=bulk-run]");
  }

  private static Locator badge(Page page, String word) {
    return page.locator(".live-header .badge")
        .filter(new Locator.FilterOptions().setHasText(only(word)));
  }

  private static LocatorAssertions.HasAttributeOptions forAWholeRun() {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(RUN_WITHIN_MILLIS);
  }
}
