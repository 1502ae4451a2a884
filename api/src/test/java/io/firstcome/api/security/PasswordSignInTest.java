package io.firstcome.api.security;

import static io.firstcome.slice.Caller.assertProblem;
import static io.firstcome.slice.Caller.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.error.ErrorCode;
import io.firstcome.slice.Caller;
import io.firstcome.slice.WebSlice;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who gets in with a password, what the others see, and what is open on which port. */
@SpringBootTest(
    classes = WebSlice.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {WebSlice.CONFIG, WebSlice.ACTUATOR_PORT, WebSlice.HASH})
class PasswordSignInTest {
  private static final String WHOAMI = "/api/admin/whoami";

  @LocalServerPort int port;
  @LocalManagementPort int actuatorPort;
  Caller caller = new Caller(0);
  Caller actuator = new Caller(0);

  @BeforeEach
  void connect() {
    caller = new Caller(port);
    actuator = new Caller(actuatorPort);
  }

  @Test
  void letsTheAdministratorIn() {
    String credentials = basic("admin", WebSlice.ADMIN_PASSWORD);
    assertThat(caller.get(WHOAMI, "Authorization", credentials).body())
        .isEqualTo("{\"name\":\"admin\"}");
    assertThat(caller.get("/api/admin/later", "Authorization", credentials).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YWRtaW46d3Jvbmc=", // admin:wrong
        "Basic bm9ib2R5OmNvcnJlY3QgaG9yc2U=", // nobody:correct horse
        "Basic YWRtaW4=", // admin, no colon
        "Basic not base64!",
        "Basic",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Digest x",
        "none",
      })
  void refusesEverybodyElse(String credentials) {
    HttpResponse<String> answer =
        credentials.equals("none")
            ? caller.get(WHOAMI)
            : caller.get(WHOAMI, "Authorization", credentials);
    assertProblem(answer, ErrorCode.UNAUTHORIZED);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Basic realm=\"firstcome\", charset=\"UTF-8\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/admin", "/api/admin/", "/api/admin/nothing", "/api/admin/whoami/"})
  void asksForSignInBeforeItSaysWhatExists(String path) {
    assertProblem(caller.get(path), ErrorCode.UNAUTHORIZED);
    assertProblem(
        caller.get(path, "Authorization", basic("admin", WebSlice.ADMIN_PASSWORD)),
        ErrorCode.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/API/admin/whoami",
        "/api/Admin/whoami",
        "/api/campaigns/../admin/whoami",
        "/api/./admin/whoami",
        "/api//admin/whoami",
        "/api/%61dmin;/whoami",
        "/api/campaigns/%2e%2e/admin/whoami",
        "/api/admin%2Fwhoami",
        "/coupons/..%2Fapi/admin/whoami",
      })
  void hasNoWayAround(String path) {
    assertThat(caller.get(path).statusCode()).isIn(400, 401, 404);
  }

  @Test
  void doesNotLookAtCredentialsWhereNoneAreNeeded() {
    for (String credentials : new String[] {"Basic YWRtaW46d3Jvbmc=", "Bearer nonsense"}) {
      HttpResponse<String> answer =
          caller.send(
              "/api/campaigns/summer/bytes",
              request ->
                  request
                      .header("Authorization", credentials)
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{}")));
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tellsBrowsersToBeCareful() {
    HttpResponse<String> answer = caller.get("/v3/api-docs");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
        .contains("base-uri 'none'")
        .doesNotContain("unsafe", "data:");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server");
    assertThat(caller.get("/v3/api-docs", "Origin", "http://elsewhere").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void refusalsCarryTheSameHeaders() {
    for (String path : new String[] {"/nothing", WHOAMI, "/api/campaigns/fail?how=runtime"}) {
      HttpResponse<String> answer = caller.get(path);
      assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(answer.headers().map())
          .containsKeys("content-security-policy", "referrer-policy", "x-frame-options");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/actuator/info",
        "/actuator/metrics"
      })
  void opensTheActuatorOnItsOwnPortOnly(String path) {
    assertThat(actuator.get(path).statusCode()).isEqualTo(200);
    assertProblem(caller.get(path), ErrorCode.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/beans",
        "/actuator/loggers",
        "/actuator/shutdown",
        "/actuator/sbom",
        "/actuator/threaddump",
        "/api/admin/whoami",
        "/api/campaigns/fail",
        "/v3/api-docs",
        "/swagger-ui/index.html",
        "/",
      })
  void hasNothingElseOnTheActuatorPort(String path) {
    assertProblem(actuator.get(path), ErrorCode.NOT_FOUND);
  }
}
