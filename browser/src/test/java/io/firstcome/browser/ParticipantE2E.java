package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.browser.Operations.Counts;
import org.junit.jupiter.api.Test;

/** Taking part and what comes of it. */
class ParticipantE2E {
  private static final int AHEAD = 20_000;

  private final Product product = Product.get();

  @Test
  void placeResultRankAndReasonWithoutAReload() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(2, ",\"displayName\":\"Two of them\"");
      product.participated(campaign, "the-first");
      var page = CampaignPage.open(tab, campaign);
      assertThat(page.updated()).containsText("Last updated:");
      page.takePart("the-second");

      page.assertResult("You are in", "You are number 2 of 2.");
      assertThat(tab.page()).hasTitle("You are in · Two of them · Firstcome");
      page.place().locator("summary").click();
      assertThat(page.place()).containsText("Partition 0, offset 1");
      assertThat(page.place()).containsText("the-second");
      page.assertNotLoadedAnew();
      Operations.awaitCounts(campaign, new Counts(2, 0, 2));
    }
  }

  @Test
  void aSecondPressIsTheSameRequest() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      page.field().fill("twice");
      page.button().dblclick();
      page.assertResult("You are in", "You are number 1 of 5.");

      page.named("Take part with another id").click();
      page.takePart("twice");
      page.assertResult("You are in", "You are number 1 of 5.");
      assertThat(page.sentKeys()).hasSize(1);
      Operations.awaitCounts(campaign, new Counts(1, 0, 1));
    }
  }

  @Test
  void aReloadKeepsTheRequest() {
    try (var tab = Tab.phone("en-US")) {
      var campaign = product.campaign(5, "");
      var page = CampaignPage.open(tab, campaign);
      page.takePart("comes-back");
      page.assertResult("You are in", "You are number 1 of 5.");
      tab.page().reload();
      page.assertResult("You are in", "You are number 1 of 5.");
      assertThat(page.field()).hasCount(0);

      page.named("Take part with another id").click();
      page.takePart("somebody-else");
      page.assertResult("You are in", "You are number 2 of 5.");
      assertThat(page.sentKeys()).hasSize(2).doesNotHaveDuplicates();
      Operations.awaitCounts(campaign, new Counts(2, 0, 2));
    }
  }

  @Test
  void theSameIdOnAnotherDeviceHasTakenPartAlready() {
    var campaign = product.campaign(5, "");
    try (var tab = Tab.phone("en-US")) {
      var page = CampaignPage.open(tab, campaign);
      page.takePart("one-person");
      page.assertResult("You are in", "You are number 1 of 5.");
    }
    try (var tab = Tab.desktop()) {
      var page = CampaignPage.open(tab, campaign);
      page.takePart("one-person");
      page.assertResult(
          "This id has taken part before",
          "Only the first request of an id counts, and this one came later.");
      assertThat(page.status()).containsText("The result of the first request stands.");
      Operations.awaitCounts(campaign, new Counts(1, 1, 2));
    }
  }

  @Test
  void soldOutForTheSecondPerson() {
    var campaign = product.campaign(1, "");
    try (var tab = Tab.phone("en-US")) {
      var page = CampaignPage.open(tab, campaign);
      product.participated(campaign, "the-first");
      assertThat(page.named("Take part anyway")).isVisible();
      page.takePart("the-second");
      page.assertResult(
          "Sold out before your turn", "Everything was given to requests that came before yours.");
      assertThat(page.status()).containsText("Your request is recorded, and this result is final.");
      Operations.awaitCounts(campaign, new Counts(1, 1, 2));
    }
  }

  @Test
  void whoeverIsAheadIsShownUntilTheResultComesByItself() throws Exception {
    var campaign = product.campaign(AHEAD + 10, "");
    try (var tab = Tab.phone("en-US");
        var held = HeldCampaign.hold(campaign)) {
      Operations.bulkSent(campaign, AHEAD);
      var page = CampaignPage.open(tab, campaign);
      page.takePart("behind-them-all");
      assertThat(page.status()).containsText("You are in line");
      assertThat(page.part("number")).hasText("No. 20,001");
      assertThat(page.part("ahead")).hasText("20,000 people");
      assertThat(page.announcer()).hasText("20,000 people ahead of you.");
      assertThat(page.place().locator("[data-test=updated]")).containsText("Last updated:");
      tab.assertAccessible();
      tab.picture("people-ahead");
      tab.page().reload();
      assertThat(page.part("ahead")).hasText("20,000 people");

      held.letGo();
      page.assertResult("You are in", "You are number 20,001 of 20,010.");
      assertThat(page.sentKeys()).hasSize(1);
      Operations.awaitCounts(campaign, new Counts(AHEAD + 1, 0, AHEAD + 1));
    }
  }
}
