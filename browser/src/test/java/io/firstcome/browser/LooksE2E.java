package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page, narrow and wide, light and dark: nothing that can be checked keeps anybody out,
 * nothing stands beyond the edge, and pictures in {@code target/pictures} are left for people to
 * look at.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LooksE2E {
  private static final Product PRODUCT = Product.get();
  private static final int BULK = 3_000;

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
  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void whatAdministratorsSeeOfASale(int width, ColorScheme scheme) {
    try (var look = new Look(width, scheme, "en-US")) {
      look.tab.signedIn("/admin");
      var tab = look.tab;
      tab.open("/admin/campaigns/" + one);
      drawn(tab.page().locator("#rate-chart"));
      drawn(tab.page().locator("#latency-chart"));
      look.take("live");
      tab.open("/admin/campaigns/" + four);
      drawn(tab.page().locator("#rate-chart"));
      look.take("live-4-partitions");
      tab.open("/admin/campaigns/" + four + "/order");
      drawn(tab.page().locator("#timeline-0"));
      look.take("order");
      tab.open("/admin/campaigns/" + one + "/order?with=" + four);
      drawn(tab.page().locator("#timeline-0"));
      drawn(tab.page().locator("#timeline-1"));
      look.take("order-1-against-4");
      tab.open("/admin/statistics?date=" + Operations.today());
      drawn(tab.page().locator("#counts-chart"));
      tab.page().getByText("Measure both").click();
      assertThat(tab.page().getByText("Measured for")).isVisible();
      assertThat(tab.page().locator("[data-test=ratio]")).isVisible();
      look.take("statistics");
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void whatParticipantsSee(int width, ColorScheme scheme) {
    try (var look = new Look(width, scheme, "en-US")) {
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

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void whatParticipantsGet(int width, ColorScheme scheme) throws SQLException {
    var fifty = PRODUCT.campaign(50, named("Fifty of them"));
    try (var look = new Look(width, scheme, "en-US");
        var held = HeldCampaign.hold(fifty)) {
      look.tab.expecting("ERR_INTERNET_DISCONNECTED");
      PRODUCT.anybody().participate(fifty, "somebody-earlier");
      var page = CampaignPage.open(look.tab, fifty);
      page.takePart("010-1234-5678");
      assertThat(page.part("ahead")).hasText("1 person");
      look.take("place-waiting");
      held.letGo();
      page.assertResult("You are in", "You are number 2 of 50.");
      page.place().locator("summary").click();
      look.take("place-success");

      page = CampaignPage.open(look.tab, soldOut);
      page.takePart("010-" + width + scheme);
      page.assertResult("Sold out before your turn", "Everything was given to requests");
      look.take("place-out-of-stock");
      page = CampaignPage.open(look.tab, one);
      PRODUCT.participated(one, "twice-" + width + scheme);
      page.takePart("twice-" + width + scheme);
      page.assertResult("This id has taken part before", "Only the first request of an id counts");
      look.take("place-already-issued");

      page = CampaignPage.open(look.tab, four);
      page.field().fill("nobody-answers");
      look.tab.context().setOffline(true);
      page.button().click();
      assertThat(page.part("retry")).isVisible();
      look.take("place-sent-again");
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "1440, DARK"})
  void whatKoreansSee(int width, ColorScheme scheme) {
    try (var look = new Look(width, scheme, "ko-KR")) {
      look.tab.expecting("status of 404");
      look.at("/", "진행 중인 이벤트", "ko-list");
      look.at("/campaigns/" + scheduled, "시작까지 남은 시간", "ko-campaign-scheduled");
      look.at("/campaigns/" + closed, "이벤트가 종료되었습니다", "ko-campaign-closed");
      look.at("/campaigns/nobody-knows-it", "이벤트를 찾을 수 없습니다", "ko-campaign-missing");
      var page = CampaignPage.open(look.tab, four);
      look.tab.page().locator("#user-id").fill("회원-" + width);
      page.button().click();
      assertThat(look.tab.page().locator("#place-title")).containsText("소진");
      look.take("ko-place-out-of-stock");
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void whatAdministratorsSee(int width, ColorScheme scheme) {
    try (var look = new Look(width, scheme, "en-US")) {
      look.tab.expecting("status of 404");
      look.at("/sign-in?error", "do not belong together", "sign-in");
      look.tab.signedIn("/admin");
      look.at("/admin", "크리스마스 에어팟", "admin-list");
      look.tab.page().getByText("New campaign").click();
      assertThat(look.tab.page().getByRole(AriaRole.DIALOG)).isVisible();
      look.take("admin-create");
      look.at("/admin#dead-letters", "There are none.", "admin-dead-letters");
      look.at("/admin?page=99", "There are no campaigns on this page.", "admin-list-empty");
      look.at("/admin/campaigns/nobody-knows-it", "There is no campaign", "live-missing");
      look.at("/admin/campaigns/nobody-knows-it/order", "At a glance", "order-missing");
      look.at("/admin/statistics?date=2020-01-01", "No request was counted", "statistics-empty");
    }
  }

  /** A file that does not come, as on a phone that changes its network, leaves no page blank. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/admin", "/admin/statistics"})
  void whatStandsThereUntilItIsDrawn(String path) {
    try (var look = new Look(390, ColorScheme.LIGHT, "en-US")) {
      look.tab.expecting("ERR_FAILED");
      look.tab.signedIn("/admin");
      look.tab.page().route("**/assets/view.js", route -> route.abort());
      look.at(path, "If this stays, reload the page.", "not-drawn");
    }
  }

  private static void drawn(Locator chart) {
    assertThat(chart.locator("canvas").first()).isVisible();
  }

  /** A window of a size and scheme, and what is checked of each page in it. */
  private record Look(Tab tab, String prefix) implements AutoCloseable {
    Look(int width, ColorScheme scheme, String language) {
      this(
          new Tab(width, width < 500 ? 844 : 900, language, scheme),
          "%d-%s-".formatted(width, scheme.name().toLowerCase(Locale.ROOT)));
    }

    /** Goes to a page, waits until it says this, and takes it. */
    void at(String path, String words, String name) {
      tab.open(path);
      var main = tab.page().getByRole(AriaRole.MAIN);
      assertThat(main.getByText(words).first()).isVisible();
      take(name);
    }

    void take(String name) {
      tab.picture(prefix + name);
      tab.assertFits();
      tab.assertAccessible();
    }

    @Override
    public void close() {
      tab.close();
    }
  }
}
