package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import io.firstcome.browser.Operations.Counts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong between a participant and the server, a request is taken once. */
class ParticipantTroubleE2E {
  private static final String PARTICIPATION = "**/participation";
  private static final Counts ONE = new Counts(1, 0, 1);

  private final Product product = Product.get();

  @Test
  void offlineWhilePressingAndBack() {
    try (var tab = Tab.phone("en-US").expecting("ERR_INTERNET_DISCONNECTED")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      page.field().fill("in-a-tunnel");
      tab.context().setOffline(true);
      page.button().click();
      assertThat(page.status()).containsText("It is sent again by itself");
      assertThat(page.status()).containsText("However often it is sent, your request counts once.");
      assertThat(page.part("retry")).containsText("Next try in");
      assertThat(page.place()).containsText("in-a-tunnel");
      tab.assertAccessible();

      tab.context().setOffline(false);
      page.assertResult("You are in", "You are number 1 of 5.");
      assertThat(page.sentKeys()).hasSizeGreaterThan(1);
      assertThat(page.sentKeys().stream().distinct()).hasSize(1);
      page.assertNotLoadedAnew();
      Operations.awaitCounts(campaign, ONE);
    }
  }

  @Test
  void thePageIsLeftWhileOfflineAndOpenedAgain() {
    try (var tab = Tab.phone("en-US").expecting("ERR_INTERNET_DISCONNECTED")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      page.field().fill("walks-on");
      tab.context().setOffline(true);
      page.button().click();
      assertThat(page.part("retry")).isVisible();
      tab.page().close();

      tab.context().setOffline(false);
      var again = CampaignPage.openAnother(tab, campaign);
      again.assertResult("You are in", "You are number 1 of 5.");
      assertThat(again.sentKeys()).hasSize(1);
      assertThat(page.sentKeys()).containsAll(again.sentKeys());
      Operations.awaitCounts(campaign, ONE);
    }
  }

  @Test
  void theLogDoesNotAnswerAndThenDoes() {
    try (var tab = Tab.phone("en-US").expecting("status of 503")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      firstSending(tab, route -> route.fulfill(problem(503, "LOG_UNAVAILABLE", "3")));
      page.takePart("keeps-calm");
      assertThat(page.status()).containsText("It is sent again by itself");
      assertThat(page.status()).containsText("could not confirm that your request was taken");
      assertThat(page.part("retry")).containsText("(try 2)");
      page.assertResult("You are in", "You are number 1 of 5.");
      assertThat(page.sentKeys()).hasSize(2);
      assertThat(page.sentKeys().stream().distinct()).hasSize(1);
      Operations.awaitCounts(campaign, ONE);
    }
  }

  @Test
  void tooManyAtOnce() {
    try (var tab = Tab.phone("en-US").expecting("status of 429")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      firstSending(tab, route -> route.fulfill(problem(429, "TOO_MANY_REQUESTS", "2")));
      page.takePart("one-of-many");
      assertThat(page.status()).containsText("Very many people are sending at the moment");
      page.assertResult("You are in", "You are number 1 of 5.");
      Operations.awaitCounts(campaign, ONE);
    }
  }

  @Test
  void theAnswerIsLostAfterTheRequestWasTaken() {
    try (var tab = Tab.phone("en-US").expecting("ERR_FAILED")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      firstSending(
          tab,
          route -> {
            assertThat(route.fetch().status()).isEqualTo(202);
            route.abort();
          });
      page.takePart("heard-nothing");
      assertThat(page.status()).containsText("nobody knows yet whether your request has arrived");
      page.assertResult("You are in", "You are number 1 of 5.");
      // It stands in the log twice and has counted once.
      Operations.awaitCounts(campaign, new Counts(1, 0, 2));
    }
  }

  @Test
  void theAnswerIsLostAndThenTheCampaignCloses() {
    try (var tab = Tab.phone("en-US").expecting("ERR_FAILED")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      firstSending(
          tab,
          route -> {
            assertThat(route.fetch().status()).isEqualTo(202);
            Operations.operate(campaign, "close");
            Operations.awaitKnown(campaign, "state", "CLOSED");
            route.abort();
          });
      page.takePart("heard-nothing");
      page.assertResult("You are in", "You are number 1 of 5.");
      Operations.awaitCounts(campaign, ONE);
    }
  }

  @Test
  void withoutEventsTheResultIsAskedFor() {
    try (var tab = Tab.phone("en-US").expecting("ERR_FAILED")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      var events = new AtomicInteger();
      List<String> asked = new CopyOnWriteArrayList<>();
      tab.page()
          .onRequest(request -> {
            if (request.url().matches(".*/api/participations/[^/]+")) {
              asked.add(request.url());
            }
          });
      tab.page()
          .route(
              "**/events*",
              route -> {
                events.incrementAndGet();
                route.abort();
              });
      page.takePart("behind-a-proxy");
      page.assertResult("You are in", "You are number 1 of 5.");
      assertThat(events).hasValue(1);
      assertThat(asked).isNotEmpty();
      Operations.awaitCounts(campaign, ONE);
    }
  }

  @Test
  void withoutEventsItIsSaidHowTheLineIsFollowed() throws Exception {
    try (var tab = Tab.phone("en-US").expecting("ERR_FAILED");
        var held = HeldCampaign.hold(product.campaign(5, ""))) {
      var page = CampaignPage.open(tab, held.name());
      tab.page().route("**/events*", Route::abort);
      page.takePart("behind-a-proxy");
      assertThat(page.status()).containsText("You are in line");
      assertThat(page.place())
          .containsText(
              "The live connection does not come through; it is asked regularly instead.");
      assertThat(page.part("ahead")).hasText("Not known at the moment");
      tab.assertAccessible();
      held.letGo();
      page.assertResult("You are in", "You are number 1 of 5.");
    }
  }

  @Test
  void whatIsShownStaysWhileTheServerIsAway() {
    try (var tab = Tab.phone("en-US").expecting("ERR_INTERNET_DISCONNECTED")) {
      var campaign = product.campaign(5, ",\"displayName\":\"Stays where it is\"");
      CampaignPage page = CampaignPage.open(tab, campaign);
      assertThat(page.button()).isEnabled();
      tab.context().setOffline(true);
      assertThat(page.part("trouble")).containsText("The server cannot be reached.");
      assertThat(page.part("trouble")).containsText("What is shown stays as it was.");
      assertThat(tab.page().getByText("5 of 5 left")).isVisible();
      assertThat(page.updated()).containsText("seconds ago");
      tab.assertAccessible();

      tab.context().setOffline(false);
      assertThat(page.part("trouble")).hasCount(0);
    }
  }

  @Test
  void theServerIsAwayFromTheStart() {
    try (var tab = Tab.phone("en-US").expecting("status of 503")) {
      var campaign = product.campaign(5, ",\"displayName\":\"Comes later\"");
      var away = problem(503, "SERVICE_UNAVAILABLE", "1");
      tab.page().route("**/api/campaigns/*", route -> route.fulfill(away));
      var page = CampaignPage.open(tab, campaign);
      assertThat(page.part("trouble")).containsText("The server has trouble at the moment.");
      assertThat(page.part("trouble"))
          .containsText("this page fills as soon as there is an answer");
      tab.assertAccessible();

      tab.page().unroute("**/api/campaigns/*");
      assertThat(tab.page().getByText("Comes later")).isVisible();
      assertThat(page.part("trouble")).hasCount(0);
    }
  }

  /** The first sending meets this, all later ones go to the server. */
  private static void firstSending(Tab tab, Consumer<Route> fate) {
    var sent = new AtomicInteger();
    tab.page()
        .route(
            PARTICIPATION,
            route -> {
              if (sent.getAndIncrement() == 0) {
                fate.accept(route);
              } else {
                route.resume();
              }
            });
  }

  private static Route.FulfillOptions problem(int status, String code, String retryAfterSeconds) {
    var body =
        "{\"type\":\"about:blank\",\"status\":%d,\"code\":\"%s\",\"detail\":\"Not now.\"}"
            .formatted(status, code);
    return new Route.FulfillOptions()
        .setStatus(status)
        .setHeaders(
            Map.of("Retry-After", retryAfterSeconds, "Content-Type", "application/problem+json"))
        .setBody(body);
  }
}
