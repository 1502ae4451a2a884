package io.firstcome.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.api.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;

/** Who gets at the internal interface. */
class OperatorAccessIT {
  private static final String PATH = OperatorClient.PATH + "?namespace=sales";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer the-operator-of-test",
        "Bearer the-operator-of-tests2",
        "Bearer The-operator-of-tests",
        "Basic dGhlLW9wZXJhdG9yLW9mLXRlc3Rz",
        "the-operator-of-tests",
      })
  void nobodyElseGetsIn(String credentials) {
    var api = ApiServer.shared().anybody();
    var request = api.request(PATH);
    if (!credentials.isEmpty()) {
      request.header("Authorization", credentials);
    }
    var answer = api.send(request.GET());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("UNAUTHORIZED");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"firstcome\"");
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
  }

  @Test
  void neitherDoesTheAdministrator() {
    assertThat(ApiServer.shared().admin().get(PATH).status()).isEqualTo(401);
    var api = ApiServer.shared().anybody();
    assertThat(
            api.send(
                    api.request("/api/admin/campaigns")
                        .header("Authorization", "Bearer " + ApiServer.OPERATOR_TOKEN)
                        .GET())
                .status())
        .isEqualTo(401);
  }

  @Test
  void twoCredentialsAreNone() {
    var api = ApiServer.shared().anybody();
    var good = "Bearer " + ApiServer.OPERATOR_TOKEN;
    var request = api.request(PATH).header("Authorization", good).header("Authorization", good);
    assertThat(api.send(request.GET()).status()).isEqualTo(401);
    assertThat(api.send(api.request(PATH).header("Authorization", good).GET()).status())
        .isEqualTo(200);
  }

  @Test
  void withoutATokenNothingIsThere() {
    try (var server = ApiServer.start("firstcome.operator.token=")) {
      for (var token : new String[] {"", ApiServer.OPERATOR_TOKEN}) {
        var answer = new OperatorClient(server, token).get("?namespace=sales");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_FOUND");
      }
      var there = server.anybody().get("/api/internal/nothing").json();
      assertThat(server.anybody().get(PATH).json().get("detail")).isEqualTo(there.get("detail"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "with blanks in the middle"})
  void aWeakTokenStopsTheStart(String token) {
    assertThatThrownBy(() -> ApiServer.start("firstcome.operator.token=" + token).close())
        .satisfies(e ->
            assertThat(NestedExceptionUtils.getMostSpecificCause(e))
                .hasMessageContaining("at least 16 visible ASCII characters")
                .hasMessageNotContaining(token));
  }

  @Test
  void withoutTheLogTheRestIsAnsweredInTime() {
    try (var server =
        ApiServer.start(
            "spring.kafka.bootstrap-servers=localhost:1", "firstcome.topic.timeout=1s")) {
      var operator = new OperatorClient(server);
      var topic = Declared.ownTopic("any", "AAAAAAAAAAAAAAAAAAAAAg", 1);

      var made = operator.put("no-log", Declared.of(5, topic));
      assertThat(made.status()).as(made.body()).isEqualTo(200);
      assertThat(made.json().get("sample").get("lag").isNull()).isTrue();
      assertThat(operator.put("no-lane", Declared.of(5, "\"lane\":\"coupons\"")).code())
          .isEqualTo("LOG_UNAVAILABLE");
      assertThat(operator.delete("no-log", "sales").code()).isEqualTo("LOG_UNAVAILABLE");
      assertThat(operator.get("no-log").json().get("closed").asBoolean()).isTrue();
      assertThat(server.admin().get("/api/admin/campaigns").status()).isEqualTo(200);
    }
  }
}
