package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.firstcome.browser.Parts.alert;
import static io.firstcome.browser.Parts.assertRefused;
import static io.firstcome.browser.Parts.button;
import static io.firstcome.browser.Parts.dialog;
import static io.firstcome.browser.Parts.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.firstcome.testing.ApiClient;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The list of campaigns, and all that can be done with one from there. */
class CampaignsE2E {
  private static final int PAGE_SIZE = 50;
  private static final ZoneId BROWSER_ZONE = ZoneId.of("Asia/Seoul");
  private static final ApiClient ADMIN = Product.get().admin();

  @Test
  void aNewCampaignStandsInTheListAsItWasWishedFor() {
    var name = freshName();
    var opens = LocalDateTime.now(BROWSER_ZONE).plusDays(1).truncatedTo(ChronoUnit.MINUTES);
    try (var tab = Tab.desktop().signedIn("/admin")) {
      var page = tab.page();
      assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
      tab.assertAccessible();
      var dialog = newCampaign(page, name, "7");
      dialog.getByLabel("Partitions").fill("2");
      dialog.getByLabel("Opens").fill(opens.toString());
      dialog.getByLabel("Closes").fill(opens.plusHours(2).toString());
      tab.assertAccessible();
      button(dialog, "Create").click();

      assertThat(dialog).isHidden();
      assertThat(button(page, "New campaign")).isFocused();
      assertThat(notice(page, name + " was made.")).isVisible();
      assertThat(cell(row(page, name), "State")).containsText("Scheduled");
      assertThat(cell(row(page, name), "Stock left")).containsText("7 of 7");
      assertThat(cell(row(page, name), "Partitions")).hasText("2");
      assertThat(cell(row(page, name), "Window")).containsText("Opens ");
      tab.assertAccessible();
      link(notice(page, name + " was made."), "Look at it live").click();
      page.waitForURL("**/admin/campaigns/" + name);
      assertThat(Parts.heading(page, name)).isVisible();
    }
    var made = campaign(name);
    assertThat(made.get("totalStock").asLong()).isEqualTo(7);
    assertThat(made.get("partitions").asInt()).isEqualTo(2);
    assertThat(instant(made, "opensAt")).isEqualTo(opens.atZone(BROWSER_ZONE).toInstant());
    assertThat(instant(made, "closesAt"))
        .isEqualTo(opens.plusHours(2).atZone(BROWSER_ZONE).toInstant());
  }

  @Test
  void whatIsWrongIsSaidAtItsFieldAndTheRestIsKept() {
    var taken = Product.get().campaign(1, "");
    var name = freshName();
    try (var tab = Tab.desktop().signedIn("/admin").expecting("409")) {
      var page = tab.page();
      var dialog = newCampaign(page, "", "0");
      button(dialog, "Create").click();
      assertRefused(dialog.getByLabel("Name"), "A name is needed.");
      assertRefused(dialog.getByLabel("Stock"), "A whole number from 1 to ");
      assertThat(dialog.getByLabel("Name")).isFocused();
      tab.assertAccessible();

      dialog.getByLabel("Name").fill(taken);
      dialog.getByLabel("Stock").fill("3");
      dialog.getByLabel("Opens").fill("2036-01-02T10:00");
      dialog.getByLabel("Closes").fill("2036-01-02T09:00");
      button(dialog, "Create").click();
      assertRefused(dialog.getByLabel("Closes"), "It must close after it opens.");
      assertThat(dialog.getByLabel("Closes")).isFocused();
      // Opening at once, it would be over already.
      dialog.getByLabel("Opens").fill("");
      dialog.getByLabel("Closes").fill("2024-01-02T09:00");
      button(dialog, "Create").click();
      assertRefused(dialog.getByLabel("Closes"), "This is in the past: it would be over at once.");
      dialog.getByLabel("Opens").fill("2036-01-02T10:00");

      dialog.getByLabel("Closes").fill("");
      button(dialog, "Create").click();
      assertRefused(dialog.getByLabel("Name"), "The name " + taken + " is taken");
      assertThat(dialog.getByLabel("Name")).isFocused();
      assertThat(dialog.getByLabel("Stock")).hasValue("3");
      assertThat(dialog.getByLabel("Opens")).hasValue("2036-01-02T10:00");

      dialog.getByLabel("Name").fill(name);
      button(dialog, "Create").click();
      assertThat(dialog).isHidden();
      assertThat(row(page, name)).isVisible();
    }
    assertThat(campaign(taken).get("totalStock").asLong()).isEqualTo(1);
  }

  @Test
  void anyTextAsNameBecomesTheDisplayName() {
    var text = "크리스마스 <b>에어팟</b> & \"more\" " + UUID.randomUUID().toString().substring(0, 8);
    try (var tab = Tab.desktop().signedIn("/admin")) {
      var page = tab.page();
      button(newCampaign(page, text, "1"), "Create").click();
      assertThat(notice(page, text + " was made.")).isVisible();
      var row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
      assertThat(link(row, text)).isVisible();

      var name = row.getAttribute("data-name");
      assertThat(name).matches("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
      assertThat(row.getByText(name)).isVisible();
      assertThat(campaign(name).get("displayName").asString()).isEqualTo(text);
      tab.assertAccessible();
    }
  }

  @Test
  void openToPausedToOpenAndTheAuditLogKnowsWhoAndWhy() {
    var name = Product.get().campaign(5, "");
    try (var tab = Tab.desktop().signedIn("/admin")) {
      var page = tab.page();
      button(row(page, name), "Pause " + name).click();
      var pausing = dialog(page, "Pause " + name + "?");
      pausing.getByLabel("Why").fill("The shop is down <script>");
      tab.assertAccessible();
      button(pausing, "Pause").click();

      assertThat(cell(row(page, name), "State")).hasText("Paused");
      assertThat(notice(page, name + ": paused.")).isVisible();
      assertThat(campaign(name).get("state").asString()).isEqualTo("PAUSED");
      button(notice(page, name + ": paused."), "Dismiss").click();
      assertThat(notice(page, name + ": paused.")).isHidden();

      button(row(page, name), "Resume " + name).click();
      button(dialog(page, "Resume " + name + "?"), "Resume").click();
      assertThat(cell(row(page, name), "State")).hasText("Open");
      assertThat(campaign(name).get("state").asString()).isEqualTo("OPEN");
    }
    var log = ADMIN.get("/api/admin/audit-log?campaign=" + name).json();
    assertThat(log.get(0).get("action").asString()).isEqualTo("CAMPAIGN_RESUMED");
    assertThat(log.get(1).get("action").asString()).isEqualTo("CAMPAIGN_PAUSED");
    assertThat(log.get(1).get("actor").asString()).isEqualTo("admin");
    assertThat(log.get(1).get("details").get("why").asString())
        .isEqualTo("The shop is down <script>");
  }

  @Test
  void closingAsksFirstAndIsForGood() {
    var name = Product.get().campaign(5, "");
    try (var tab = new Tab(390, 844, "en-US", ColorScheme.DARK).signedIn("/admin")) {
      var page = tab.page();
      more(page, name, "Close for good");
      var closing = dialog(page, "Close " + name + " for good?");
      assertThat(closing).containsText("5 of 5 are left");
      // Not on the button of what cannot be undone.
      assertThat(button(closing, "Cancel")).isFocused();
      tab.assertAccessible();
      button(closing, "Cancel").click();
      assertThat(closing).isHidden();
      assertThat(button(row(page, name), "More for " + name)).isFocused();
      assertThat(campaign(name).get("state").asString()).isEqualTo("OPEN");

      more(page, name, "Close for good");
      page.keyboard().press("Escape");
      assertThat(closing).isHidden();
      assertThat(campaign(name).get("state").asString()).isEqualTo("OPEN");

      more(page, name, "Close for good");
      button(closing, "Close for good").click();
      assertThat(cell(row(page, name), "State")).hasText("Closed");
      assertThat(cell(row(page, name), "Change")).containsText("Nothing to change");
      assertThat(row(page, name).getByRole(AriaRole.BUTTON)).hasCount(0);
      assertThat(campaign(name).get("state").asString()).isEqualTo("CLOSED");
      tab.assertAccessible();
    }
  }

  @Test
  void stockAndPartitionsOnlyGrow() {
    var name = Product.get().campaign(10, "");
    try (var tab = Tab.desktop().signedIn("/admin").expecting("409")) {
      var page = tab.page();
      more(page, name, "Grow stock");
      var stock = dialog(page, "Grow the stock of " + name);
      tab.assertAccessible();
      stock.getByLabel("New stock").fill("10");
      button(stock, "Grow stock").click();
      assertRefused(stock.getByLabel("New stock"), "A whole number from 11 to ");
      // Somebody else was faster, which only the server knows.
      assertThat(ADMIN.patch(path(name), "{\"totalStock\":50}").status()).isEqualTo(200);
      stock.getByLabel("New stock").fill("20");
      button(stock, "Grow stock").click();
      assertRefused(stock.getByLabel("New stock"), "The stock is 50 and may only grow");
      assertThat(stock.getByLabel("New stock")).isFocused();
      tab.assertAccessible();
      stock.getByLabel("New stock").fill("60");
      button(stock, "Grow stock").click();
      assertThat(notice(page, name + ": the stock is 60 now.")).isVisible();
      assertThat(cell(row(page, name), "Stock left")).containsText("60 of 60");

      more(page, name, "Grow partitions");
      var partitions = dialog(page, "Grow the partitions of " + name);
      partitions.getByLabel("New number of partitions").fill("1");
      button(partitions, "Grow partitions").click();
      assertRefused(partitions.getByLabel("New number of partitions"), "A whole number from 2 to ");
      tab.assertAccessible();
      partitions.getByLabel("New number of partitions").fill("3");
      button(partitions, "Grow partitions").click();
      assertThat(notice(page, name + ": 3 partitions now.")).isVisible();
      assertThat(cell(row(page, name), "Partitions")).hasText("3");
    }
    assertThat(campaign(name).get("totalStock").asLong()).isEqualTo(60);
    assertThat(campaign(name).get("partitions").asInt()).isEqualTo(3);
  }

  @Test
  void aDialogKeepsWhatWasTypedInWhileTheServerIsAwayAndSucceedsAfterwards() {
    var name = freshName();
    try (var tab = Tab.desktop().signedIn("/admin").expecting("503").expecting("ERR_FAILED")) {
      var page = tab.page();
      var dialog = newCampaign(page, name, "9");
      var busy = Canned.writes(page, "/api/admin/campaigns", Canned.unavailable());
      button(dialog, "Create").click();
      assertThat(alert(dialog)).containsText("The service is not available right now.");
      assertThat(alert(dialog)).containsText("Your input is kept.");
      assertThat(alert(dialog)).isFocused();
      tab.assertAccessible();
      busy.now();
      var silence = Canned.writes(page, "/api/admin/campaigns", Route::abort);
      button(dialog, "Create").click();
      assertThat(alert(dialog)).containsText("The server does not answer.");
      assertThat(alert(dialog)).containsText("Nobody knows whether it arrived.");
      silence.now();
      assertThat(dialog.getByLabel("Name")).hasValue(name);
      assertThat(dialog.getByLabel("Stock")).hasValue("9");
      button(dialog, "Create").click();
      assertThat(row(page, name)).isVisible();

      button(row(page, name), "Pause " + name).click();
      var pausing = dialog(page, "Pause " + name + "?");
      pausing.getByLabel("Why").fill("lunch");
      var again = Canned.writes(page, "/pause", Canned.unavailable());
      button(pausing, "Pause").click();
      assertThat(alert(pausing)).isVisible();
      again.now();
      assertThat(pausing.getByLabel("Why")).hasValue("lunch");
      button(pausing, "Pause").click();
      assertThat(cell(row(page, name), "State")).hasText("Paused");
    }
  }

  @Test
  void theListKeepsStandingWhileTheServerIsAwayAndSaysHowOldItIs() {
    var name = Product.get().campaign(4, "");
    try (var tab = Tab.desktop().signedIn("/admin").expecting("ERR_INTERNET_DISCONNECTED")) {
      var page = tab.page();
      assertThat(row(page, name)).isVisible();
      tab.context().setOffline(true);
      var list = Parts.section(page, "All campaigns");
      assertThat(list.getByText(Pattern.compile("As of .*, \\d+ s ago"))).isVisible();
      assertThat(row(page, name)).isVisible();
      assertThat(alert(page.locator("main"))).containsText("The server does not answer.");
      tab.assertAccessible();

      assertThat(ADMIN.post(path(name) + "/pause").status()).isEqualTo(200);
      tab.context().setOffline(false);
      assertThat(cell(row(page, name), "State")).hasText("Paused");
      assertThat(alert(page.locator("main"))).hasCount(0);
    }
  }

  @Test
  void theListIsReadPageByPage() {
    var names = new ArrayList<String>();
    try {
      // On a lane, which needs no topic for each of them.
      for (int i = 0; i <= PAGE_SIZE; i++) {
        names.add(
            Product.get()
                .campaign(1, ",\"lane\":\"coupons\",\"opensAt\":\"2036-01-02T03:04:05Z\""));
      }
      readsTwoPages(names.getFirst(), names.getLast());
    } finally {
      names.forEach(name -> ADMIN.delete(path(name)));
    }
  }

  private static void readsTwoPages(String oldest, String newest) {
    int total =
        Integer.parseInt(
            ADMIN.get("/api/admin/campaigns?size=1").header("X-Total-Count").orElseThrow());
    try (var tab = Tab.desktop().signedIn("/admin")) {
      var page = tab.page();
      var pages =
          page.getByRole(
              AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages of the list"));
      assertThat(pages).containsText("1 to 50 of " + number(total));
      assertThat(row(page, newest)).isVisible();
      assertThat(row(page, oldest)).hasCount(0);
      assertThat(cell(row(page, newest), "Partitions")).containsText("of the lane coupons");
      tab.assertAccessible();
      link(pages, "Older").click();
      page.waitForURL("**/admin?page=1");
      assertThat(row(page, oldest)).isVisible();
      assertThat(pages).containsText("51 to " + number(Math.min(100, total)));
      link(pages, "Newer").click();
      page.waitForURL("**/admin");
      assertThat(row(page, newest)).isVisible();

      tab.open("/admin?page=900");
      assertThat(page.getByText("There are no campaigns on this page.")).isVisible();
      tab.assertAccessible();
    }
  }

  /** The dialog for a new campaign, with these two typed in. */
  private static Locator newCampaign(Page page, String name, String stock) {
    button(page, "New campaign").click();
    var dialog = dialog(page, "New campaign");
    assertThat(dialog.getByLabel("Name")).isFocused();
    dialog.getByLabel("Name").fill(name);
    dialog.getByLabel("Stock").fill(stock);
    return dialog;
  }

  private static Locator row(Page page, String name) {
    return page.locator("[data-test=campaign][data-name='" + name + "']");
  }

  private static Locator cell(Locator row, String column) {
    return row.locator("[data-label='" + column + "']");
  }

  private static Locator notice(Page page, String words) {
    return page.locator(".notice").filter(new Locator.FilterOptions().setHasText(words));
  }

  /** Chooses from the menu of a campaign. */
  private static void more(Page page, String name, String action) {
    button(row(page, name), "More for " + name).click();
    button(row(page, name), action).click();
  }

  private static String freshName() {
    return "e-" + UUID.randomUUID().toString().substring(0, 13);
  }

  private static String path(String campaign) {
    return "/api/admin/campaigns/" + campaign;
  }

  private static JsonNode campaign(String name) {
    return ADMIN.get(path(name)).json();
  }

  private static Instant instant(JsonNode campaign, String field) {
    return Instant.parse(campaign.get(field).asString());
  }

  private static String number(int value) {
    return String.format(Locale.US, "%,d", value);
  }
}
