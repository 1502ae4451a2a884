package io.firstcome.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;

class PagesIT {
  private static final String GONE = "Expires=Thu, 01 Jan 1970";

  private final ApiServer server = ApiServer.shared();
  private final String address =
      "http://localhost:" + server.bean(Environment.class).getRequiredProperty("local.server.port");
  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/campaigns/any", "/sign-in", "/assets/style.css", "/assets/view.js"})
  void everybodySees(String path) throws Exception {
    var answer = get(path, "Accept", "text/html,*/*");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "Cache-Control"))
        .isEqualTo(path.startsWith("/assets/") ? "max-age=300" : "no-cache");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(one -> one.startsWith("firstcome-admin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pages/participant.html",
        "/webjars/lit-html/package.json",
        "/webjars/echarts/package.json",
        "/assets/../pages/live.html",
        "/assets/no-such.js",
        "/static/assets/style.css"
      })
  void nobodySees(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @ParameterizedTest
  @CsvSource({
    "/admin,                     /sign-in?next=%2Fadmin",
    "/admin/statistics?date=x,   /sign-in?next=%2Fadmin%2Fstatistics%3Fdate%3Dx",
    "/admin/campaigns/any/order, /sign-in?next=%2Fadmin%2Fcampaigns%2Fany%2Forder"
  })
  void leadsToTheSignIn(String path, String there) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(header(answer, "Location")).endsWith(there);
  }

  @Test
  void aBrowserGetsAPageForAMistypedAddressAndAProgramAProblem() throws Exception {
    var page = get("/campains", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<h1");
    assertThat(header(get("/campains"), "Content-Type")).isEqualTo("application/problem+json");
    var api = get("/api/nothing", "Accept", "text/html");
    assertThat(header(api, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void signsInChangesAndSignsOut() throws Exception {
    var in = signIn(ApiSettings.PASSWORD, "/admin/statistics");
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(header(in, "Location")).endsWith("/admin/statistics");
    var setCookie =
        in.headers().allValues("Set-Cookie").stream()
            .filter(one -> one.startsWith("firstcome-admin="))
            .findFirst()
            .orElseThrow();
    assertThat(setCookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
    var cookie = setCookie.substring(0, setCookie.indexOf(';'));

    var page = get("/admin/statistics", "Cookie", cookie);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(get("/api/admin/campaigns", "Cookie", cookie).statusCode()).isEqualTo(200);
    var token = cookies(page, "XSRF-TOKEN=");

    var body = "{\"name\":\"made-at-a-page\",\"totalStock\":1}";
    var path = "/api/admin/campaigns";
    assertThat(post(path, body, "Cookie", cookie).statusCode()).as("forged").isEqualTo(403);
    assertThat(post(path, body, "Cookie", cookie + "; " + token).statusCode())
        .as("the cookies alone, which a browser sends by itself")
        .isEqualTo(403);
    var sent = token.substring(token.indexOf('=') + 1);
    var made = post(path, body, "Cookie", cookie + "; " + token, "X-XSRF-TOKEN", sent);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    var audit = get("/api/admin/audit-log", "Cookie", cookie).body();
    assertThat(audit).contains("made-at-a-page", ApiSettings.ADMIN);

    var out = post("/sign-out", "", "Cookie", cookie + "; " + token, "X-XSRF-TOKEN", sent);
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().allValues("Set-Cookie"))
        .anySatisfy(one -> assertThat(one).startsWith("firstcome-admin=;").contains(GONE));
  }

  @Test
  void aWrongPasswordOrACookieOfSomebodyElseLetsNobodyIn() throws Exception {
    var wrong = signIn("wrong", "/admin");
    assertThat(header(wrong, "Location")).contains("/sign-in?error");
    assertThat(wrong.headers().allValues("Set-Cookie"))
        .noneMatch(one -> one.startsWith("firstcome-admin=") && !one.contains(GONE));
    for (var forged : List.of("YWRtaW46MTo6", "x", "\"\"")) {
      var answer = get("/api/admin/campaigns", "Cookie", "firstcome-admin=" + forged);
      assertThat(answer.statusCode()).as(forged).isEqualTo(401);
      assertThat(header(answer, "WWW-Authenticate")).doesNotContain("Basic");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/admin",
        "//elsewhere.example",
        "/adminx",
        "/\\admin",
        ""
      })
  void leadsNowhereElse(String next) throws Exception {
    assertThat(URI.create(header(signIn(ApiSettings.PASSWORD, next), "Location")).getPath())
        .isEqualTo("/admin");
  }

  /** The browser would show a dialog of its own for {@code Basic}. */
  @Test
  void aScriptWithoutASignInIsNotAskedByTheBrowser() throws Exception {
    var answer = get("/api/admin/campaigns", "Sec-Fetch-Dest", "empty");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .noneMatch(one -> one.contains("Basic"));
    assertThat(get("/api/admin/campaigns").headers().allValues("WWW-Authenticate"))
        .anyMatch(one -> one.startsWith("Basic"));
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws Exception {
    var first = get("/assets/style.css");
    var again = get("/assets/style.css", "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  private HttpResponse<String> signIn(String password, String next) throws Exception {
    var form =
        "username=%s&password=%s&next=%s"
            .formatted(
                ApiSettings.ADMIN,
                URLEncoder.encode(password, StandardCharsets.UTF_8),
                URLEncoder.encode(next, StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(URI.create(address + "/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address + path)).GET();
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String cookies(HttpResponse<?> answer, String prefix) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(one -> one.startsWith(prefix))
        .map(one -> one.substring(0, one.indexOf(';')))
        .collect(Collectors.joining("; "));
  }
}
