package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

class SignInE2E {
  private static final Page.GetByRoleOptions CAMPAIGNS =
      new Page.GetByRoleOptions().setName("Campaigns").setLevel(1);

  @Test
  void leadsToThePageThatWasWantedAndOutAgain() {
    try (var tab = Tab.desktop()) {
      tab.signedIn("/admin");
      var page = tab.page();
      assertThat(page.getByRole(AriaRole.HEADING, CAMPAIGNS)).isVisible();
      tab.assertAccessible();

      page.getByText("Sign out").click();
      page.waitForURL("**/sign-in?out");
      page.navigate("/admin");
      page.waitForURL("**/sign-in?next=*");
    }
  }

  @Test
  void aWrongPasswordIsSaidAndLetsNobodyIn() {
    try (var tab = Tab.desktop()) {
      var page = tab.page();
      tab.open("/admin/statistics");
      tab.assertAccessible();
      page.getByLabel("Name").fill("admin");
      page.getByLabel("Password").fill("wrong");
      page.locator("button[type=submit]").click();
      assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
      tab.assertAccessible();
      page.getByLabel("Name").fill("admin");
      page.getByLabel("Password").fill(Product.get().adminPassword());
      page.locator("button[type=submit]").click();
      page.waitForURL("**/admin/statistics");
    }
  }
}
