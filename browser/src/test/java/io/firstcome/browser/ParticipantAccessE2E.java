package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.firstcome.browser.Operations.Counts;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In both languages, and without a mouse. */
class ParticipantAccessE2E {
  private static final int TABS_MAX = 8;

  private final Product product = Product.get();

  @ParameterizedTest
  @CsvSource({
    "ko-KR, ko, 참여하기, 참여에 성공하셨습니다, 선착순 5명 중 1번째입니다.",
    "en-US, en, Take part, You are in, You are number 1 of 5.",
    "fr-FR, en, Take part, You are in, You are number 1 of 5.",
  })
  void theLanguageOfTheBrowser(
      String browser, String language, String button, String title, String why) {
    try (var tab = Tab.phone(browser)) {
      tab.open("/campaigns/" + product.campaign(5, ""));
      assertThat(tab.page().locator("html")).hasAttribute("lang", language);
      tab.page().locator("#user-id").fill("reader");
      named(tab, button).click();
      assertThat(status(tab)).containsText(title);
      assertThat(status(tab)).containsText(why);
      tab.assertAccessible();
    }
  }

  @Test
  void theChosenLanguageIsRemembered() {
    try (var tab = Tab.phone("ko-KR")) {
      tab.open("/");
      assertThat(heading(tab)).hasText("이벤트");
      assertThat(tab.page()).hasTitle("이벤트 · Firstcome");
      assertThat(named(tab, "한국어")).hasAttribute("aria-pressed", "true");
      named(tab, "English").click();
      assertThat(heading(tab)).hasText("Campaigns");
      assertThat(tab.page().locator("html")).hasAttribute("lang", "en");

      tab.page().reload();
      assertThat(heading(tab)).hasText("Campaigns");
      assertThat(tab.page().locator("html")).hasAttribute("lang", "en");
      tab.open("/campaigns/" + product.campaign(5, ""));
      assertThat(named(tab, "Take part")).isEnabled();
      named(tab, "한국어").click();
      assertThat(named(tab, "참여하기")).isEnabled();
      tab.page().reload();
      assertThat(named(tab, "참여하기")).isEnabled();
      assertThat(tab.page().locator("html")).hasAttribute("lang", "ko");
    }
  }

  @Test
  void byKeyboardAlone() {
    try (var tab = Tab.desktop()) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      assertThat(page.button()).isEnabled();
      tabTo(tab, page.field());
      tab.page().keyboard().type("no-mouse");
      tabTo(tab, page.button());
      tab.page().keyboard().press("Space");
      page.assertResult("You are in", "You are number 1 of 5.");
      // Whoever listens goes on where the news is.
      assertThat(tab.page().locator("#place-title")).isFocused();

      tabTo(tab, page.named("Take part with another id"));
      tab.page().keyboard().press("Enter");
      assertThat(page.field()).isFocused();
      tab.page().keyboard().type("no-mouse-either");
      tab.page().keyboard().press("Enter");
      page.assertResult("You are in", "You are number 2 of 5.");
      Operations.awaitCounts(campaign, new Counts(2, 0, 2));
    }
  }

  @Test
  void theKeyboardSkipsToTheContent() {
    try (var tab = Tab.desktop()) {
      var page = CampaignPage.open(tab, product.campaign(5, ""));
      assertThat(page.button()).isEnabled();
      tab.page().keyboard().press("Tab");
      var skip =
          tab.page()
              .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Skip to the content"));
      assertThat(skip).isFocused();
      assertThat(skip).isInViewport();
      tab.page().keyboard().press("Enter");
      assertThat(tab.page().locator("main")).isFocused();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', Enter your id first.",
    "'   ', Enter your id first.",
    "12345678901234567890123456789012345678901234567890123456789012345,"
        + " That is more than 64 characters.",
  })
  void anIdThatCannotBeSentIsSaidAtTheField(String userId, String words) {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      page.takePart(userId);
      assertThat(page.field()).isFocused();
      assertThat(page.field()).hasAttribute("aria-invalid", "true");
      assertThat(page.field()).hasAccessibleDescription(Pattern.compile(".*" + words + ".*"));
      assertThat(page.alert()).hasText(words);
      tab.assertAccessible();
      assertThat(page.sentKeys()).isEmpty();

      page.takePart("12345678901234567890123456789012345678901234567890123456789012😀😀");
      page.assertResult("You are in", "You are number 1 of 5.");
    }
  }

  /** By the Tab key, and not too often. */
  private static void tabTo(Tab tab, Locator wanted) {
    for (int i = 0; i < TABS_MAX; i++) {
      tab.page().keyboard().press("Tab");
      if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
        return;
      }
    }
    throw new AssertionError(TABS_MAX + " Tabs do not lead to " + wanted);
  }

  private static Locator named(Tab tab, String words) {
    return tab.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
  }

  private static Locator status(Tab tab) {
    return tab.page().getByRole(AriaRole.STATUS);
  }

  private static Locator heading(Tab tab) {
    return tab.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }
}
