package io.firstcome.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Answers that come instead of the server's, for what a healthy server does not say. */
final class Canned {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private Canned() {}

  static Consumer<Route> json(String body) {
    return answer(200, "application/json", body);
  }

  /** A problem document; the rest is JSON members, each after a comma. */
  static Consumer<Route> problem(int status, String code, String detail, String more) {
    var body =
        """
        {"type": "about:blank", "title": "%s", "status": %d, "detail": "%s", "code": "%s"%s}
        """
            .formatted(code, status, detail, code, more);
    return answer(status, "application/problem+json", body);
  }

  static Consumer<Route> unavailable() {
    return problem(503, "SERVICE_UNAVAILABLE", "The service is not available right now.", "");
  }

  /** Calls that only read, whose address has this in it, until the route is taken away again. */
  static Stop reads(Page page, String part, Consumer<Route> answer) {
    return route(page, part, answer, READING::contains);
  }

  /** Calls that change something, whose address has this in it. */
  static Stop writes(Page page, String part, Consumer<Route> answer) {
    return route(page, part, answer, method -> !READING.contains(method));
  }

  /** Lets the server answer again. */
  @FunctionalInterface
  interface Stop {
    void now();
  }

  private static Stop route(
      Page page, String part, Consumer<Route> answer, Predicate<String> methods) {
    Predicate<String> urls = url -> url.contains(part);
    Consumer<Route> handler =
        route -> {
          if (methods.test(route.request().method())) {
            answer.accept(route);
          } else {
            route.fallback();
          }
        };
    page.route(urls, handler);
    return () -> page.unroute(urls, handler);
  }

  private static Consumer<Route> answer(int status, String type, String body) {
    return route ->
        route.fulfill(
            new Route.FulfillOptions().setStatus(status).setContentType(type).setBody(body));
  }
}
