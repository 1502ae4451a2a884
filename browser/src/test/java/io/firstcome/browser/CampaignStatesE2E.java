package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.firstcome.browser.Operations.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What a participant sees of a campaign that does not just take requests, and what comes next. */
class CampaignStatesE2E {
  private static final Duration UNTIL_OPENING = Duration.ofSeconds(9);
  // What the page may be wrong about the clock of the server.
  private static final Duration EARLY_MAX = Duration.ofMillis(500);

  private final Product product = Product.get();

  @Test
  void theCountdownTurnsIntoTheButtonByItself() {
    try (var tab = Tab.phone("en-US")) {
      var opensAt = Instant.now().plus(UNTIL_OPENING).truncatedTo(ChronoUnit.MILLIS);
      var campaign = product.campaign(1, ",\"opensAt\":\"" + opensAt + "\"");
      var page = CampaignPage.open(tab, campaign);
      assertThat(tab.page().getByRole(AriaRole.TIMER)).isVisible();
      assertThat(page.button()).isDisabled();
      page.field().fill("early-bird");
      tab.assertAccessible();

      assertThat(page.button()).isEnabled();
      assertThat(Instant.now()).isAfter(opensAt.minus(EARLY_MAX));
      assertThat(tab.page().getByRole(AriaRole.TIMER)).hasCount(0);
      assertThat(page.announcer()).hasText("It is open. You can take part now.");
      assertThat(page.field()).hasValue("early-bird");
      page.button().click();
      page.assertResult("You are in", "You are number 1 of 1.");
      page.assertNotLoadedAnew();
    }
  }

  @Test
  void pausedAndGoingOnAgain() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      assertThat(page.button()).isEnabled();
      Operations.operate(campaign, "pause");
      assertThat(text(tab, "The campaign is paused").first()).isVisible();
      assertThat(text(tab, "No requests are taken for now.").first()).isVisible();
      assertThat(page.button()).isDisabled();
      tab.assertAccessible();

      Operations.operate(campaign, "resume");
      assertThat(page.button()).isEnabled();
      assertThat(page.announcer()).hasText("It is open. You can take part now.");
      page.takePart("patient");
      page.assertResult("You are in", "You are number 1 of 5.");
      page.assertNotLoadedAnew();
    }
  }

  @Test
  void pausedInTheMomentOfPressing() {
    try (var tab = Tab.phone("en-US").expecting("status of 409")) {
      var campaign = product.campaign(5, "");
      var page = staysAsItIs(tab, campaign);
      Operations.operate(campaign, "pause");
      Operations.awaitKnown(campaign, "state", "PAUSED");
      page.takePart("too-late");
      assertThat(page.alert()).containsText("Your request was not taken");
      assertThat(page.alert()).containsText("The campaign was paused just then.");
      assertThat(page.field()).hasValue("too-late");
      tab.assertAccessible();
      Operations.awaitCounts(campaign, new Counts(0, 0, 0));
    }
  }

  @Test
  void closed() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(5, "");
      product.participated(campaign, "in-time");
      Operations.operate(campaign, "close");
      var page = CampaignPage.open(tab, campaign);
      assertThat(heading(tab, "The campaign is over")).isVisible();
      assertThat(text(tab, "No requests are taken any more.").first()).isVisible();
      assertThat(page.button()).hasCount(0);
      tab.assertAccessible();
    }
  }

  @Test
  void closedWhileTheResultIsLookedAt() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      page.takePart("in-time");
      page.assertResult("You are in", "You are number 1 of 5.");
      Operations.operate(campaign, "close");
      tab.page().reload();
      page.assertResult("You are in", "You are number 1 of 5.");
      assertThat(text(tab, "Closed").first()).isVisible();
    }
  }

  @Test
  void soldOutWhereTheDoorRefuses() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(1, ",\"soldOut\":\"Refuse\"");
      product.participated(campaign, "the-first");
      var page = CampaignPage.open(tab, campaign);
      assertThat(text(tab, "Everything has been given away")).isVisible();
      assertThat(text(tab, "If stock is added, the button works again")).isVisible();
      assertThat(page.button()).isDisabled();
      tab.assertAccessible();

      product.admin().patch("/api/admin/campaigns/" + campaign, "{\"totalStock\":2}");
      assertThat(page.button()).isEnabled();
      page.takePart("the-second");
      page.assertResult("You are in", "You are number 2 of 2.");
    }
  }

  @Test
  void soldOutInTheMomentOfPressingWhereTheDoorRefuses() {
    try (var tab = Tab.phone("en-US").expecting("status of 410")) {
      var campaign = product.campaign(1, ",\"soldOut\":\"Refuse\"");
      var page = staysAsItIs(tab, campaign);
      product.participated(campaign, "the-first");
      Operations.awaitKnown(campaign, "currentStock", "0");
      page.takePart("the-second");
      assertThat(page.alert()).containsText("Everything was given away just before.");
      assertThat(page.alert()).containsText("Nothing was recorded.");
      assertThat(page.field()).hasValue("the-second");
      tab.assertAccessible();
    }
  }

  @Test
  void aNameThatNobodyKnows() {
    try (var tab = Tab.phone("en-US").expecting("status of 404")) {
      tab.open("/campaigns/nobody-knows-it");
      assertThat(heading(tab, "This campaign is not here")).isVisible();
      assertThat(tab.page()).hasTitle("This campaign is not here · Firstcome");
      tab.assertAccessible();
      tab.page().getByText("All campaigns").click();
      tab.page().waitForURL("**/");
      assertThat(heading(tab, "Campaigns")).isVisible();
    }
  }

  @Test
  void theListHasWhatIsOpenAndWhatComes() {
    try (var tab = Tab.phone("en-US")) {
      var later = Instant.now().plus(51, ChronoUnit.HOURS).plusSeconds(600);
      var open = product.campaign(3, ",\"displayName\":\"Open to everybody\"");
      var soon =
          product.campaign(7, ",\"displayName\":\"For later\",\"opensAt\":\"" + later + "\"");
      product.participated(open, "somebody");
      tab.open("/");
      var opened = card(tab, "Open now", open);
      assertThat(opened).containsText("Open to everybody");
      assertThat(opened).containsText("2 of 3 left");
      var coming = card(tab, "Opening soon", soon);
      assertThat(coming).containsText("For later");
      assertThat(coming).containsText("Opens in 2 days 3 hours");
      assertThat(tab.page().locator("[data-test=updated]")).containsText("Last updated:");
      tab.assertAccessible();

      opened.getByRole(AriaRole.LINK).click();
      tab.page().waitForURL("**/campaigns/" + open);
      assertThat(heading(tab, "Open to everybody")).isVisible();
    }
  }

  @Test
  void theListThatIsEmptySaysWhatComesNext() {
    try (var tab = Tab.phone("en-US")) {
      tab.page().route(url -> url.contains("/api/campaigns"), route -> route.fulfill(json("[]")));
      tab.open("/");
      assertThat(heading(tab, "Nothing is open right now")).isVisible();
      assertThat(text(tab, "A new campaign appears here by itself.")).isVisible();
      tab.assertAccessible();
      tab.picture("list-empty");
    }
  }

  /** A page that goes on showing what it knew when it was opened. */
  private static CampaignPage staysAsItIs(Tab tab, String campaign) {
    var path = "/api/campaigns/" + campaign;
    var known = Product.get().anybody().get(path).body();
    tab.page().route("**" + path, route -> route.fulfill(json(known)));
    return CampaignPage.open(tab, campaign);
  }

  private static Route.FulfillOptions json(String body) {
    return new Route.FulfillOptions().setContentType("application/json").setBody(body);
  }

  private static Locator card(Tab tab, String group, String campaign) {
    return tab.page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(group))
        .getByRole(AriaRole.LISTITEM)
        .filter(
            new Locator.FilterOptions()
                .setHas(tab.page().locator("a[href='/campaigns/" + campaign + "']")));
  }

  private static Locator heading(Tab tab, String name) {
    return tab.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator text(Tab tab, String part) {
    return tab.page().getByText(part);
  }
}
