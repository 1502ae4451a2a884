package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.firstcome.browser.Operations.Counts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts from outside stay texts on every page, whoever reads them. That nothing is asked of anybody
 * else, and that the browser has nothing to complain about, is for {@link Tab} to say.
 */
class HardeningE2E {
  private static final Product PRODUCT = Product.get();
  // By the text that is its display name and, as far as it goes, the id of its only participant.
  private static final Map<String, String> CAMPAIGNS = new LinkedHashMap<>();

  @BeforeAll
  static void makeCampaigns() {
    for (var text : Corpus.texts()) {
      var campaign = PRODUCT.campaign(10, ",\"displayName\":" + Corpus.json(text));
      var answer =
          PRODUCT
              .anybody()
              .post(
                  "/api/campaigns/" + campaign + "/participation",
                  "{\"userId\":" + Corpus.json(Corpus.asUserId(text)) + "}");
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      CAMPAIGNS.put(text, campaign);
    }
    CAMPAIGNS.values().forEach(it -> Operations.awaitCounts(it, new Counts(1, 0, 1)));
    Operations.aggregated(Operations.today());
  }

  @Test
  void textsForParticipants() {
    try (var tab = Tab.phone("en-US")) {
      tab.open("/");
      CAMPAIGNS.forEach((text, campaign) ->
          assertThat(tab.page().locator("main a[href='/campaigns/" + campaign + "']"))
              .hasText(text));
      assertHarmless(tab);

      CAMPAIGNS.forEach((text, campaign) -> {
        var page = CampaignPage.open(tab, campaign);
        assertThat(heading(tab)).hasText(text);
        assertThat(tab.page()).hasTitle(text + " · Firstcome");
        // Another one than the id that has taken part.
        var userId = Corpus.asUserId("2" + text);
        page.takePart(userId);
        page.assertResult("You are in", "You are number 2 of 10.");
        page.place().locator("summary").click();
        assertThat(page.place().locator("bdi")).hasText(userId);
        assertThat(page.place().locator("details dd").first()).hasText(userId);
        assertHarmless(tab);
        tab.page().reload();
        assertThat(page.place().locator("bdi")).hasText(userId);
        page.named("Take part with another id").click();
        assertHarmless(tab);
      });
    }
  }

  @Test
  void textsInTheListOfTheAdministrator() {
    try (var tab = Tab.desktop()) {
      tab.signedIn("/admin");
      CAMPAIGNS.forEach((text, campaign) -> {
        var row = tab.page().locator("[data-test=campaign][data-name='" + campaign + "']");
        assertThat(row.locator("a[href$='" + campaign + "']").first()).hasText(text);
        row.getByRole(AriaRole.BUTTON).first().click();
        var dialog = tab.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByRole(AriaRole.HEADING)).hasText("Pause " + text + "?");
        assertHarmless(tab);
        dialog.getByText("Cancel").click();
      });
      var row = CAMPAIGNS.get(Corpus.texts().getFirst());
      pauseAndResume(tab, row);
      assertHarmless(tab);
    }
  }

  private static void pauseAndResume(Tab tab, String campaign) {
    var row = tab.page().locator("[data-test=campaign][data-name='" + campaign + "']");
    for (int i = 0; i < 2; i++) {
      row.getByRole(AriaRole.BUTTON).first().click();
      tab.page().getByLabel("Why").fill("<img src=x onerror=window.hasRun=1>");
      tab.page().locator("dialog button[type=submit]").click();
      assertThat(tab.page().getByText(Corpus.texts().getFirst() + ": ").first()).isVisible();
      tab.page().getByText("Dismiss").click();
    }
  }

  @Test
  void textsInTheLiveView() {
    try (var tab = Tab.desktop()) {
      tab.signedIn("/admin/campaigns/" + CAMPAIGNS.get(Corpus.texts().getFirst()));
      CAMPAIGNS.forEach((text, campaign) -> {
        tab.open("/admin/campaigns/" + campaign);
        assertThat(heading(tab)).hasText(text);
        assertThat(tab.page()).hasTitle(text + " · Live · Firstcome");
        tab.page().getByText("Close for good").click();
        var dialog = tab.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByRole(AriaRole.HEADING)).hasText("Close " + text + " for good?");
        assertThat(tab.page().locator("#rate-chart canvas").first()).isVisible();
        assertHarmless(tab);
      });
    }
  }

  @Test
  void textsInTheOrder() {
    try (var tab = Tab.desktop()) {
      var first = CAMPAIGNS.get(Corpus.texts().getFirst());
      tab.signedIn("/admin/campaigns/" + first + "/order");
      CAMPAIGNS.forEach((text, campaign) -> {
        tab.open("/admin/campaigns/" + campaign + "/order?with=" + first);
        var users = tab.page().locator("td.user");
        assertThat(users.first()).hasText(Corpus.asUserId(text));
        assertThat(tab.page().locator("#campaign option:checked"))
            .hasText(text + " (" + campaign + "), 1 partition");
        assertThat(tab.page().locator("#timeline-0 canvas").first()).isVisible();
        tab.page().locator("#timeline-0").hover();
        assertHarmless(tab);
      });
    }
  }

  @Test
  void textsInTheStatistics() {
    try (var tab = Tab.desktop()) {
      tab.signedIn("/admin/statistics?date=" + Operations.today());
      assertThat(tab.page().locator("#counts-chart canvas").first()).isVisible();
      CAMPAIGNS.forEach((text, campaign) ->
          assertThat(tab.page().locator("tbody a[href$='" + campaign + "']")).hasText(text));
      tab.page().locator("#counts-chart").hover();
      assertHarmless(tab);
    }
  }

  /** The longest text has no place where a line could break. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/order"})
  void longTextsFitOnAPhone(String view) {
    var longest = Corpus.texts().getLast();
    try (var tab = new Tab(390, 844, "en-US", ColorScheme.DARK)) {
      tab.signedIn("/admin/campaigns/" + CAMPAIGNS.get(longest) + view);
      assertThat(tab.page().locator("canvas").first()).isVisible();
      assertThat(tab.page().getByText(longest).first()).isVisible();
      tab.assertFits();
      tab.assertAccessible();
      tab.picture("longest-name" + view.replace('/', '-'));
    }
  }

  @Test
  void aTextThatTurnsTheDirectionLeavesTheRestAlone() {
    var text = "\u202Ereversed.exe";
    try (var tab = Tab.desktop()) {
      tab.signedIn("/admin");
      tab.page()
          .locator("[data-test=campaign][data-name='" + CAMPAIGNS.get(text) + "'] button")
          .first()
          .click();
      assertReadsOn(tab.page().locator("dialog h2"));
      tab.open("/admin/campaigns/" + CAMPAIGNS.get(text));
      tab.page().getByText("Close for good").click();
      assertReadsOn(tab.page().locator("dialog h2"));
    }
  }

  /** The last sign stands where a line from left to right ends. */
  private static void assertReadsOn(Locator line) {
    assertThat(line).isVisible();
    assertThat(
            line.evaluate(
                """
                line => {
                  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
                  const places = [];
                  while (texts.nextNode()) {
                    const { data } = texts.currentNode;
                    for (let at = 0; at < data.length; at++) {
                      const range = document.createRange();
                      range.setStart(texts.currentNode, at);
                      range.setEnd(texts.currentNode, at + 1);
                      const { left, width } = range.getBoundingClientRect();
                      if (data[at].trim() && width > 0) places.push({ sign: data[at], left });
                    }
                  }
                  const right = Math.max(...places.map(({ left }) => left));
                  return places.at(-1).left === right ? 'reads on' : JSON.stringify(places);
                }\
                """))
        .isEqualTo("reads on");
  }

  @ParameterizedTest
  @CsvSource({
    "/campaigns/, ''",
    "/admin/campaigns/, ''",
    "/admin/campaigns/, /order",
    "/admin/campaigns/x/order?with=, ''",
    "/admin/statistics?date=, ''",
    "/admin?page=, ''",
    "/sign-in?error=, ''",
    "/sign-in?next=, ''",
  })
  void textsInAddresses(String before, String after) {
    try (var tab = Tab.desktop().expecting("status of 404").expecting("status of 400")) {
      if (before.startsWith("/admin")) {
        tab.signedIn("/admin");
      }
      for (var text : Corpus.texts()) {
        // Servers refuse these in a path before anybody looks at them.
        var part = text.replaceAll("[/\\\\;%]", "");
        tab.open(
            before + URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20") + after);
        assertThat(heading(tab)).isVisible();
        assertHarmless(tab);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elsewhere.invalid/admin",
        "//elsewhere.invalid/admin",
        "/\\elsewhere.invalid/admin",
        "javascript:window.hasRun=1",
        "/admin/../campaigns",
      })
  void theSignInLeadsNowhereElse(String next) {
    try (var tab = Tab.desktop()) {
      tab.open("/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
      tab.page().getByLabel("Name").fill("admin");
      tab.page().getByLabel("Password").fill(PRODUCT.adminPassword());
      tab.page().locator("button[type=submit]").click();
      tab.page().waitForURL("**/admin");
      assertThat(heading(tab)).hasText("Campaigns");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200",
    "/campaigns/welcome, 200",
    "/campaigns/nobody-knows-it, 200",
    "/sign-in, 200",
    "/admin, 200",
    "/admin/campaigns/welcome, 200",
    "/admin/campaigns/welcome/order, 200",
    "/admin/statistics, 200",
    "/nothing-is-here, 404",
    "/pages/live.html, 404",
    "/assets/style.css, 200",
    "/webjars/lit-html/lit-html.js, 200",
    "/api/campaigns, 200",
    "/swagger-ui.html, 200",
  })
  void everyAnswerHasTheHeadersThatProtectIt(String path, int status) {
    try (var tab = Tab.desktop().expecting("status of 404")) {
      if (path.startsWith("/admin")) {
        tab.signedIn(path);
      }
      var answer = tab.open(path);
      assertThat(answer.status()).isEqualTo(status);
      var headers = answer.headers();
      assertThat(headers.get("content-security-policy"))
          .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
          .contains("base-uri 'none'", "form-action 'self'")
          .doesNotContain("unsafe-");
      assertThat(headers)
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "no-referrer");
      if (!path.startsWith("/admin") && !path.equals("/sign-in")) {
        assertThat(headers).doesNotContainKey("set-cookie");
      }
    }
  }

  private static Locator heading(Tab tab) {
    return tab.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  private static void assertHarmless(Tab tab) {
    assertThat(tab.page().evaluate("() => typeof window.hasRun")).isEqualTo("undefined");
    // What the texts would be if they were markup; no page has any of these by itself.
    assertThat(
            tab.page()
                .locator(
                    "#page :is(iframe, style, b, [onload], [onerror], [onfocus]), a[href^=java]"))
        .hasCount(0);
    tab.assertFits();
  }
}
