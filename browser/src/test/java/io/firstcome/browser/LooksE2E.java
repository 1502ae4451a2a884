package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every page, narrow and wide, light and dark: nothing that can be checked keeps anybody out,
 * nothing stands beyond the edge, and pictures in {@code target/pictures} are left for people to
 * look at.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LooksE2E {
  private static final Product PRODUCT = Product.get();
  private static final int BULK = 3_000;
  private static final List<View> VIEWS =
      List.of(
          new View(390, 844, ColorScheme.LIGHT),
          new View(390, 844, ColorScheme.DARK),
          new View(1440, 900, ColorScheme.DARK),
          new View(1440, 900, ColorScheme.LIGHT));

  // With requests of its own: 1 partition, and 4.
  private static String one;
  private static String four;
  private static String open;
  private static String scheduled;
  private static String paused;
  private static String soldOut;
  private static String refusing;
  private static String closed;

  @BeforeAll
  static void makeCampaigns() {
    var inTwoDays = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);
    var nextWeek = Instant.now().plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);
    one = PRODUCT.campaign(2_000, named("크리스마스 에어팟") + ",\"closesAt\":\"" + nextWeek + "\"");
    four = PRODUCT.campaign(2_000, named("Summer sale on 4 partitions") + ",\"partitions\":4");
    open = PRODUCT.campaign(100, named("Coffee for a year") + ",\"closesAt\":\"" + nextWeek + "\"");
    scheduled = PRODUCT.campaign(500, named("Autumn") + ",\"opensAt\":\"" + inTwoDays + "\"");
    paused = PRODUCT.campaign(100, named("Having a rest"));
    soldOut = PRODUCT.campaign(1, named("Gone"));
    refusing = PRODUCT.campaign(1, named("Gone for good") + ",\"soldOut\":\"Refuse\"");
    closed = PRODUCT.campaign(10, named("Over"));
    Operations.bulkDecided(one, BULK);
    Operations.bulkDecided(four, BULK);
    PRODUCT.participated(soldOut, "first");
    PRODUCT.participated(refusing, "first");
    Operations.operate(paused, "pause");
    Operations.operate(closed, "close");
    Operations.aggregated(Operations.today());
  }

  private static String named(String displayName) {
    return ",\"displayName\":\"" + displayName + "\"";
  }

  // While what was sent is in the charts of the last five minutes.
  @Order(1)
  @Test
  void whatAdministratorsSeeOfASale() {
    try (var look = new Look("en-US")) {
      var page = look.page();
      look.tab.signedIn("/admin");
      look.tab.open("/admin/campaigns/" + one);
      drawn(page.locator("#rate-chart"));
      drawn(page.locator("#latency-chart"));
      look.take("live");
      look.tab.open("/admin/campaigns/" + four);
      drawn(page.locator("#rate-chart"));
      look.take("live-4-partitions");
      look.tab.open("/admin/campaigns/" + four + "/order");
      drawn(page.locator("#timeline-0"));
      look.take("order");
      look.tab.open("/admin/campaigns/" + one + "/order?with=" + four);
      drawn(page.locator("#timeline-0"));
      drawn(page.locator("#timeline-1"));
      look.take("order-1-against-4");
      look.tab.open("/admin/statistics?date=" + Operations.today());
      drawn(page.locator("#counts-chart"));
      page.getByText("Measure both").click();
      assertThat(page.getByText("Measured for")).isVisible();
      assertThat(page.locator("[data-test=ratio]")).isVisible();
      look.take("statistics");
    }
  }

  @Test
  void whatParticipantsSee() {
    try (var look = new Look("en-US")) {
      look.tab.expecting("status of 404");
      look.at("/", "Open now", "list");
      look.at("/campaigns/" + open, "Take part", "campaign-open");
      look.at("/campaigns/" + scheduled, "Until it opens", "campaign-scheduled");
      look.at("/campaigns/" + paused, "The campaign is paused", "campaign-paused");
      look.at("/campaigns/" + soldOut, "Take part anyway", "campaign-sold-out");
      look.at("/campaigns/" + refusing, "Everything has been given", "campaign-sold-out-refuses");
      look.at("/campaigns/" + closed, "The campaign is over", "campaign-closed");
      look.at("/campaigns/nobody-knows-it", "This campaign is not here", "campaign-missing");
      look.at("/nothing-is-here", "Nothing is here", "nothing-here");
    }
  }

  @Test
  void whatParticipantsGet() throws SQLException {
    var fifty = PRODUCT.campaign(50, named("Fifty of them"));
    PRODUCT.participated(one, "twice");
    try (var look = new Look("en-US");
        var held = HeldCampaign.hold(fifty)) {
      look.tab.expecting("ERR_INTERNET_DISCONNECTED");
      PRODUCT.anybody().participate(fifty, "somebody-earlier");
      var page = CampaignPage.open(look.tab, fifty);
      page.takePart("010-1234-5678");
      assertThat(page.part("ahead")).hasText("1 person");
      look.take("place-waiting");
      assertThat(page.part("ahead")).hasText("1 person");
      held.letGo();
      page.assertResult("You are in", "You are number 2 of 50.");
      page.place().locator("summary").click();
      look.take("place-success");

      page = CampaignPage.open(look.tab, soldOut);
      page.takePart("010-1234-5678");
      page.assertResult("Sold out before your turn", "Everything was given to requests");
      look.take("place-out-of-stock");
      page = CampaignPage.open(look.tab, one);
      page.takePart("twice");
      page.assertResult("This id has taken part before", "Only the first request of an id counts");
      look.take("place-already-issued");

      page = CampaignPage.open(look.tab, four);
      page.field().fill("nobody-answers");
      look.tab.context().setOffline(true);
      page.button().click();
      assertThat(page.part("retry")).isVisible();
      look.take("place-sent-again");
      assertThat(page.part("retry")).isVisible();
    }
  }

  @Test
  void whatKoreansSee() {
    try (var look = new Look("ko-KR")) {
      look.tab.expecting("status of 404");
      look.at("/", "진행 중인 이벤트", "ko-list");
      look.at("/campaigns/" + scheduled, "시작까지 남은 시간", "ko-campaign-scheduled");
      look.at("/campaigns/" + closed, "이벤트가 종료되었습니다", "ko-campaign-closed");
      look.at("/campaigns/nobody-knows-it", "이벤트를 찾을 수 없습니다", "ko-campaign-missing");
      var page = CampaignPage.open(look.tab, four);
      look.page().locator("#user-id").fill("회원");
      page.button().click();
      assertThat(look.page().locator("#place-title")).containsText("소진");
      look.take("ko-place-out-of-stock");
    }
  }

  @Test
  void whatAdministratorsSee() {
    try (var look = new Look("en-US")) {
      look.tab.expecting("status of 404");
      look.at("/sign-in?error", "do not belong together", "sign-in");
      look.tab.signedIn("/admin");
      look.at("/admin", "크리스마스 에어팟", "admin-list");
      look.page().getByText("New campaign").click();
      assertThat(look.page().getByRole(AriaRole.DIALOG)).isVisible();
      look.take("admin-create");
      look.at("/admin#dead-letters", "There are none.", "admin-dead-letters");
      look.at("/admin?page=99", "There are no campaigns on this page.", "admin-list-empty");
      look.at("/admin/campaigns/nobody-knows-it", "There is no campaign", "live-missing");
      look.at("/admin/campaigns/nobody-knows-it/order", "At a glance", "order-missing");
      look.at("/admin/statistics?date=2020-01-01", "No request was counted", "statistics-empty");
    }
  }

  /** A file that does not come, as on a phone that changes its network, leaves no page blank. */
  @Test
  void whatStandsThereUntilItIsDrawn() {
    try (var look = new Look("en-US")) {
      look.tab.expecting("ERR_FAILED");
      look.tab.signedIn("/admin");
      look.page().route("**/assets/view.js", route -> route.abort());
      look.at("/", "If this stays, reload the page.", "not-drawn");
      look.at("/admin", "If this stays, reload the page.", "not-drawn-admin");
      look.at("/admin/statistics", "If this stays, reload the page.", "not-drawn-statistics");
    }
  }

  private static void drawn(Locator chart) {
    assertThat(chart.locator("canvas").first()).isVisible();
  }

  /** A window that is shown in all sizes and schemes, and what is checked of a page in each. */
  private record Look(Tab tab) implements AutoCloseable {
    Look(String language) {
      this(Tab.phone(language));
    }

    Page page() {
      return tab.page();
    }

    /** Goes to a page, waits until it says this, and takes it. */
    void at(String path, String words, String name) {
      tab.open(path);
      assertThat(page().getByRole(AriaRole.MAIN).getByText(words).first()).isVisible();
      take(name);
    }

    /** Takes what is shown, and leaves it on a phone. */
    void take(String name) {
      for (var view : VIEWS) {
        tab.shownAs(view.width(), view.height(), view.scheme());
        tab.picture(view.prefix() + name);
        tab.assertFits();
        tab.assertAccessible();
      }
      // What is opened next is opened on a phone, and only grows: it needs no time to shrink.
      var first = VIEWS.getFirst();
      tab.shownAs(first.width(), first.height(), first.scheme());
    }

    @Override
    public void close() {
      tab.close();
    }
  }

  private record View(int width, int height, ColorScheme scheme) {
    String prefix() {
      return "%d-%s-".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
    }
  }
}
