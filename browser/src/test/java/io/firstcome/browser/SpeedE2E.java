package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a browser that comes for the first time has to load, and how soon it is of use. */
class SpeedE2E {
  private static final long FIRST_PAGE_BYTES_MAX = 150_000;
  private static final String CHARTS = "echarts";

  private static String campaign;

  @BeforeAll
  static void makeCampaign() {
    campaign = Product.get().campaign(5, "");
  }

  @Test
  void aCampaignIsSmallAndCanBePressedSoon() {
    var loaded = load("/campaigns/" + campaign, "form button:enabled");
    assertThat(loaded.bytes()).isBetween(1L, FIRST_PAGE_BYTES_MAX);
    assertThat(loaded.urls()).noneMatch(url -> url.contains(CHARTS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/sign-in"})
  void theOtherFirstPagesAreSmall(String path) {
    var loaded = load(path, "main h1");
    assertThat(loaded.bytes()).isBetween(1L, FIRST_PAGE_BYTES_MAX);
    assertThat(loaded.urls()).noneMatch(url -> url.contains(CHARTS));
  }

  @Test
  void theListOfTheAdministratorHasNoCharts() {
    try (var tab = Tab.desktop()) {
      List<String> urls = new ArrayList<>();
      tab.page().onRequest(request -> urls.add(request.url()));
      tab.signedIn("/admin");
      assertThat(tab.page().locator("[data-test=campaign]").first()).isVisible();
      assertThat(urls)
          .anyMatch(url -> url.contains("campaigns.js"))
          .noneMatch(url -> url.contains(CHARTS));
    }
  }

  /** Where charts are wanted they come after the first sight. */
  @Test
  void theLiveViewShowsItsFiguresBeforeTheChartsAreThere() {
    try (var tab = Tab.desktop().expecting("ERR_FAILED").expecting("dynamically imported")) {
      tab.page().route("**/" + CHARTS + "*/**", route -> route.abort());
      tab.signedIn("/admin/campaigns/" + campaign);
      assertThat(tab.page().getByText("Stock and results")).isVisible();
      assertThat(tab.page().getByText("The charts could not be loaded")).isVisible();
    }
  }

  private static Loaded load(String path, String useful) {
    try (var tab = Tab.phone("en-US")) {
      List<String> urls = new ArrayList<>();
      List<Long> sizes = new ArrayList<>();
      var network = tab.context().newCDPSession(tab.page());
      network.on(
          "Network.loadingFinished",
          event -> sizes.add(event.get("encodedDataLength").getAsLong()));
      network.send("Network.enable");
      tab.page().onRequest(request -> urls.add(request.url()));
      tab.page().addInitScript(noteWhenThereIs(useful));
      tab.open(path);
      assertThat(tab.page().locator(useful)).isVisible();
      tab.page().waitForLoadState();
      long bytes = sizes.stream().mapToLong(Long::longValue).sum();
      // Only told: a machine that does other things, too, is no measure.
      System.out.printf(
          "%s: %,d bytes in %d answers, of use after %s ms%n",
          path, bytes, sizes.size(), tab.page().evaluate("() => Math.round(window.ofUseAt)"));
      return new Loaded(bytes, urls);
    }
  }

  private static String noteWhenThereIs(String useful) {
    return """
    new MutationObserver(() => {
      window.ofUseAt ??= document.querySelector('%s') ? performance.now() : undefined;
    }).observe(document, { subtree: true, childList: true, attributes: true });\
    """
        .formatted(useful);
  }

  private record Loaded(long bytes, List<String> urls) {}
}
