package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.firstcome.browser.Parts.alert;
import static io.firstcome.browser.Parts.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What needs somebody, on the list of campaigns. */
class WarningsE2E {
  // The batch runs are looked at every 30 s.
  private static final double NOTICED_WITHIN_MILLIS = 60_000;
  private static final LocalDate LONG_AGO = LocalDate.of(2020, 2, 3);
  private static final String UNREADABLE = "the value does not start with a version";
  private static final String TWO =
      """
      [{"kind": "CONSUMER_DOWN", "campaignName": "air-pods", "since": "2026-01-02T03:04:05Z",
        "title": "air-pods, partition 0: nothing is decided", "detail": "1,234 requests wait."},
       {"kind": "LAG_GROWING", "campaignName": null, "since": null,
        "title": "Lane <i>coupons</i>, partition 2: the line is getting longer",
        "detail": "99 requests wait, about 12 s at the present rate."}]
      """;

  @Test
  void aRecordThatNobodyCanReadIsTheFirstWarningAndCanBeSentAgain() {
    var product = Product.get();
    var campaign = product.campaign(3, "");
    // So that its consumer is at work.
    assertThat(product.participated(campaign, "ann")).isEqualTo("SUCCESS");
    var topic = product.admin().get("/api/admin/campaigns/" + campaign).json().get("topic");
    try (var tab = Tab.desktop().signedIn("/admin").expecting("503")) {
      var page = tab.page();
      Storage.append(topic.asString(), "not a request");
      var first = warnings(page).first();
      assertThat(first).containsText(campaign + ": 1 request could not be read");
      assertThat(first).containsText("Dead letters");
      assertThat(first).containsText(UNREADABLE);
      assertThat(first).containsText("Since ");
      tab.assertAccessible();

      link(first, "See them and send them again").click();
      var letters = Parts.section(page, "Dead letters of " + campaign);
      assertThat(Parts.heading(page, "Dead letters of " + campaign)).isFocused();
      assertThat(letters).containsText(UNREADABLE);
      assertThat(letters).containsText("partition 0, offset 1");
      letters.getByText("Content, 13 bytes").click();
      assertThat(letters.getByText("not a request")).isVisible();
      tab.assertAccessible();
      sendsAgain(page, letters);
      tab.assertAccessible();

      // It is as unreadable as before, so there are two of them now.
      assertThat(warnings(page).first()).containsText(campaign + ": 1 request could not be read");
      page.reload();
      assertThat(letters.getByText(UNREADABLE)).hasCount(2);
      assertThat(letters.getByText("Sent again", exactly())).hasCount(1);
      assertThat(sendAgain(letters)).hasCount(1);
      Parts.button(letters, "Hide").click();
      assertThat(letters).isHidden();
      assertThat(page).hasURL(Pattern.compile("/admin$"));
    } finally {
      forgetLetters(topic.asString());
    }
  }

  private static void sendsAgain(Page page, Locator letters) {
    var away = Canned.writes(page, "/retry", Canned.unavailable());
    sendAgain(letters).click();
    assertThat(alert(letters)).containsText("The letter is as it was.");
    away.now();
    sendAgain(letters).click();
    assertThat(letters).containsText("It stands at partition 0, offset 2 now.");
    assertThat(sendAgain(letters)).hasCount(0);
    assertThat(alert(letters)).hasCount(0);
  }

  @Test
  void aFailedBatchRunIsAWarningUntilItIsGone() {
    try (var tab = Tab.desktop().signedIn("/admin")) {
      var page = tab.page();
      try (var _ = new FailedRun(LONG_AGO, "3 campaigns could not be counted.")) {
        var warning =
            warnings(page)
                .filter(new Locator.FilterOptions().setHasText("daily-statistics of 2020-02-03"));
        assertThat(warning)
            .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(NOTICED_WITHIN_MILLIS));
        assertThat(warning).containsText("3 campaigns could not be counted.");
        assertThat(warning.getByText("Batch run", new Locator.GetByTextOptions().setExact(true)))
            .isVisible();
        // Line by line, as it was written, and without the link that messages have.
        assertThat(warning.locator(".detail").innerText())
            .endsWith("\nStatus: FAILED\nExit message: 3 campaigns could not be counted.");
        assertThat(link(warning, "Look at the batch runs"))
            .hasAttribute("href", "/admin/statistics");
        tab.assertAccessible();
      }
      assertThat(page.getByText("Everything is well."))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(NOTICED_WITHIN_MILLIS));
      assertThat(warnings(page)).hasCount(0);
      tab.assertAccessible();
    }
  }

  @Test
  void theWorstStandsFirstAndAWarningOfBeforeKeepsStandingWhileNobodyKnows() {
    try (var tab = Tab.phone("en-US").expecting("503")) {
      var page = tab.page();
      var canned = Canned.reads(page, "/api/admin/warnings", Canned.json(TWO));
      tab.signedIn("/admin");
      assertThat(warnings(page)).hasCount(2);
      var down = warnings(page).first();
      assertThat(down).containsText("air-pods, partition 0: nothing is decided");
      assertThat(down).containsText("1,234 requests wait.");
      assertThat(link(down, "Look at air-pods live"))
          .hasAttribute("href", "/admin/campaigns/air-pods");
      var growing = warnings(page).last();
      assertThat(growing).containsText("Lag");
      assertThat(growing).containsText("Lane <i>coupons</i>, partition 2");
      assertThat(growing.getByRole(AriaRole.LINK)).hasCount(0);
      assertThat(page.getByRole(AriaRole.STATUS).getByText("2 warnings.")).hasCount(1);
      tab.assertAccessible();

      canned.now();
      var away = Canned.reads(page, "/api/admin/warnings", Canned.unavailable());
      assertThat(page.getByText("Whether all is well is not known right now.")).isVisible();
      assertThat(warnings(page)).hasCount(2);
      tab.assertAccessible();
      away.now();
      assertThat(page.getByText("Whether all is well is not known right now.")).isHidden();
      assertThat(warnings(page)).hasCount(0);
    }
  }

  private static Locator warnings(Page page) {
    return Parts.section(page, "Warnings").getByRole(AriaRole.LISTITEM);
  }

  private static Locator sendAgain(Locator letters) {
    return letters.getByRole(
        AriaRole.BUTTON,
        new Locator.GetByRoleOptions().setName(Pattern.compile("^Send again: partition 0, ")));
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static void forgetLetters(String topic) {
    Storage.jdbc()
        .sql("DELETE FROM dead_letter WHERE topic_id = (SELECT id FROM topic WHERE name = :topic)")
        .param("topic", topic)
        .update();
  }
}
