package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The participant's page of one campaign, in English, as somebody uses it. */
final class CampaignPage {
  private final Page page;
  private final List<String> sentKeys = new CopyOnWriteArrayList<>();

  private CampaignPage(Page page) {
    this.page = page;
    page.onRequest(request -> {
      if (request.method().equals("POST") && request.url().endsWith("/participation")) {
        sentKeys.add(request.headers().getOrDefault("idempotency-key", "none"));
      }
    });
  }

  /** Opens it in a tab; it notices from now on when it is loaded anew. */
  static CampaignPage open(Tab tab, String campaign) {
    return open(tab.page(), campaign);
  }

  /** As another window of the same browser. */
  static CampaignPage openAnother(Tab tab, String campaign) {
    return open(tab.context().newPage(), campaign);
  }

  private static CampaignPage open(Page page, String campaign) {
    var opened = new CampaignPage(page);
    page.navigate(Product.get().address() + "/campaigns/" + campaign);
    page.evaluate("() => { window.isTheSame = true; }");
    return opened;
  }

  void takePart(String userId) {
    field().fill(userId);
    button().click();
  }

  Locator field() {
    return page.getByLabel("Your member id or phone number");
  }

  /** The one button, whatever it says. */
  Locator button() {
    return page.locator("form button");
  }

  Locator named(String words) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words));
  }

  /** What a screen reader is told of the request. */
  Locator status() {
    return page.getByRole(AriaRole.STATUS);
  }

  Locator alert() {
    return page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("."));
  }

  Locator place() {
    return part("place");
  }

  Locator announcer() {
    return part("announcer");
  }

  /** How old the figures are, of the campaign and of the line. */
  Locator updated() {
    return part("updated");
  }

  Locator part(String name) {
    return page.locator("[data-test=" + name + "]");
  }

  /** The result and its reason. */
  CampaignPage assertResult(String title, String why) {
    assertThat(status()).containsText(title);
    assertThat(status()).containsText(why);
    return this;
  }

  void assertNotLoadedAnew() {
    assertThat(page.evaluate("() => window.isTheSame")).isEqualTo(true);
  }

  /** The Idempotency-Keys of all sendings. */
  List<String> sentKeys() {
    return sentKeys;
  }
}
