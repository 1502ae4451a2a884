package io.firstcome.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The Chromium of this machine, the one that all tests share. */
final class Chromium {
  private static final double PATIENCE_MS = 15_000;
  private static final Browser BROWSER = launch();

  private Chromium() {}

  static Browser get() {
    return BROWSER;
  }

  private static Browser launch() {
    // The machines that tests run on do other things, too.
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(path())
                // It looks for updates and for its maker's hosts otherwise.
                .setArgs(
                    List.of(
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-quic")));
  }

  /** FIRSTCOME_CHROMIUM, or where systems put it. */
  private static Path path() {
    return Stream.of(
            System.getenv("FIRSTCOME_CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium, set FIRSTCOME_CHROMIUM"));
  }
}
