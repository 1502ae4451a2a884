package io.firstcome.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Finds parts of pages as people and screen readers do, by their roles and names. */
final class Parts {
  private static final Duration DRAWN_WITHIN = Duration.ofSeconds(20);
  // On a copy, for the browser advises against reading a canvas that is shown.
  private static final String HAS_PIXELS =
      """
      it => {
        const copy = document.createElement('canvas');
        copy.width = it.width;
        copy.height = it.height;
        const context = copy.getContext('2d', { willReadFrequently: true });
        context.drawImage(it, 0, 0);
        return context.getImageData(0, 0, it.width, it.height).data.some((byte) => byte);
      }\
      """;

  private Parts() {}

  static Locator button(Page page, String name) {
    return byRole(page, AriaRole.BUTTON, name);
  }

  static Locator button(Locator in, String name) {
    return in.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator link(Locator in, String name) {
    return in.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator dialog(Page page, String title) {
    return byRole(page, AriaRole.DIALOG, title);
  }

  /** A section with this heading. */
  static Locator section(Page page, String title) {
    return byRole(page, AriaRole.REGION, title);
  }

  static Locator heading(Page page, String text) {
    return byRole(page, AriaRole.HEADING, text);
  }

  private static Locator byRole(Page page, AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator alert(Locator in) {
    return in.getByRole(AriaRole.ALERT);
  }

  /** The figure that stands under this name in a list of figures. */
  static Locator figure(Locator in, String name) {
    var term = in.page().locator("dt").filter(new Locator.FilterOptions().setHasText(only(name)));
    return in.locator("dl > div").filter(new Locator.FilterOptions().setHas(term)).locator("dd");
  }

  /** The field says what is wrong with it, also to who listens. */
  static void assertRefused(Locator field, String reason) {
    assertThat(field).hasAttribute("aria-invalid", "true");
    assertThat(field).hasAccessibleDescription(Pattern.compile(literally(reason)));
  }

  /** A chart stands there, in pixels and in words. */
  static void assertDrawn(Locator chart, String words) {
    assertThat(chart).hasAttribute("aria-label", Pattern.compile(literally(words)));
    // The lowest of its layers.
    var canvas = chart.locator("canvas").first();
    assertThat(canvas).isVisible();
    Awaitility.await("something on " + canvas)
        .pollInSameThread()
        .atMost(DRAWN_WITHIN)
        .until(() -> (Boolean) canvas.evaluate(HAS_PIXELS));
  }

  /** A whole text and nothing else, as a pattern that JavaScript understands too. */
  static Pattern only(String text) {
    return Pattern.compile("^\\s*" + literally(text) + "\\s*$");
  }

  private static String literally(String text) {
    return text.replaceAll("[\\\\^$.*+?()\\[\\]{}|/]", "\\\\$0");
  }
}
