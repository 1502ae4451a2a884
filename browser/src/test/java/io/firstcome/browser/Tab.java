package io.firstcome.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A window of a browser of its own, with nothing from earlier in it. Whatever the page complains
 * about on the console, or the content policy refuses, makes {@link #close} fail; so does a request
 * to anybody but the product, and a dialog of a script, which no page here has.
 */
final class Tab implements AutoCloseable {
  // So the browser gives up what it is loading when a container starts or ends on this machine.
  private static final String NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";
  // Rows that are made as those before them; of hundreds each check takes most of a minute.
  private static final String MORE_OF_THE_SAME = ".table-scroll tbody tr:nth-child(n + 31)";
  // Not by the builder of axe, which loads axe anew each time: that costs more than the check.
  private static final String VIOLATIONS =
      """
      async (hidden) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`${hidden} { display: none }`);
        document.adoptedStyleSheets.push(sheet);
        const { violations } = await axe.run(document, {
          resultTypes: ['violations'],
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
        return violations.map(({ id, help, nodes }) =>
          `${id}: ${help} ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)}`);
      }\
      """;

  private final BrowserContext context;
  private final Page page;
  private ColorScheme scheme;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();
  private final AtomicBoolean hasNetworkChanged = new AtomicBoolean();

  /** A phone, with the language of the browser. */
  static Tab phone(String language) {
    return new Tab(390, 844, language, ColorScheme.LIGHT);
  }

  static Tab desktop() {
    return new Tab(1440, 900, "en-US", ColorScheme.LIGHT);
  }

  Tab(int width, int height, String language, ColorScheme scheme) {
    this.scheme = scheme;
    context =
        Chromium.get()
            .newContext(
                new Browser.NewContextOptions()
                    .setBaseURL(Product.get().address())
                    .setViewportSize(width, height)
                    .setLocale(language)
                    .setTimezoneId("Asia/Seoul")
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE));
    context.onConsoleMessage(message -> {
      if (List.of("error", "warning").contains(message.type())) {
        complaints.add(message.type() + ": " + message.text() + " " + message.location());
      }
    });
    context.onWebError(error -> complaints.add("page error: " + error.error()));
    context.onRequestFailed(request -> {
      if (NETWORK_CHANGED.equals(request.failure())) {
        hasNetworkChanged.set(true);
      }
    });
    context.onDialog(dialog -> {
      complaints.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    context.onRequest(request -> {
      var home = Product.get().address() + "/";
      if (!request.url().startsWith(home) && !request.url().startsWith("blob:" + home)) {
        complaints.add("request to elsewhere: " + request.url());
      }
    });
    page = context.newPage();
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** The same page in a window of another size, and when the system goes dark or light. */
  void shownAs(int width, int height, ColorScheme scheme) {
    page.setViewportSize(width, height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    this.scheme = scheme;
  }

  /** Opens a page, once more if the network of this machine was changed meanwhile. */
  Response open(String path) {
    hasNetworkChanged.set(false);
    var answer = page.navigate(path);
    return hasNetworkChanged.get() ? page.navigate(path) : answer;
  }

  /** Goes to a page of the administrator through the sign-in. */
  Tab signedIn(String path) {
    open(path);
    page.getByLabel("Password").fill(Product.get().adminPassword());
    page.getByLabel("Name").fill("admin");
    page.locator("button[type=submit]").click();
    page.waitForURL("**" + path);
    return this;
  }

  /** A complaint with this text is what the test is about, such as an answer 409 or no network. */
  Tab expecting(String text) {
    expected.add(text);
    return this;
  }

  /** No violation of the rules that can be checked without a person, WCAG 2.2 AA among them. */
  void assertAccessible() {
    // What is in a frame would not be looked at.
    assertThat(page.frames()).as("frames of %s", what()).hasSize(1);
    if (page.evaluate("() => 'axe' in window").equals(false)) {
      page.evaluate("() => {" + AxeBuilder.getAxeScript() + "}");
    }
    assertThat((List<?>) page.evaluate(VIOLATIONS, MORE_OF_THE_SAME))
        .as("axe on %s", what())
        .isEmpty();
  }

  /** Nothing stands beyond the right edge of the window. */
  void assertFits() {
    assertThat(
            page.evaluate(
                """
                () => {
                  const { scrollWidth, clientWidth } = document.documentElement;
                  const isOut = (it) => it.getBoundingClientRect().right > clientWidth + 1;
                  return scrollWidth <= clientWidth
                    ? []
                    : [...document.body.querySelectorAll('*')].filter(isOut).slice(0, 5)
                        .map((it) => it.outerHTML.slice(0, 200));
                }\
                """))
        .as("what makes %s scroll sideways", what())
        .isEqualTo(List.of());
  }

  /** The whole page as a picture, for people to look at. */
  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "pictures", name + ".png"))
            .setFullPage(true));
  }

  private String what() {
    return "%s, %d px, %s".formatted(page.url(), page.viewportSize().width, scheme);
  }

  @Override
  public void close() {
    // A route that ends in the moment of the closing would ask a page that is gone.
    if (!page.isClosed()) {
      page.unrouteAll();
    }
    context.close();
    assertThat(complaints)
        .as("what the browser complained about")
        .filteredOn(complaint -> !complaint.contains(NETWORK_CHANGED))
        .filteredOn(complaint -> expected.stream().noneMatch(complaint::contains))
        .isEmpty();
  }
}
