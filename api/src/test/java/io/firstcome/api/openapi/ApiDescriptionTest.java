package io.firstcome.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.slice.Caller;
import io.firstcome.slice.WebSlice;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    classes = WebSlice.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {WebSlice.CONFIG, WebSlice.ACTUATOR_PORT, WebSlice.HASH})
class ApiDescriptionTest {
  @LocalServerPort int port;
  Caller caller = new Caller(0);

  @BeforeEach
  void connect() {
    caller = new Caller(port);
  }

  @Test
  void describesTheApi() {
    JsonNode document = new JsonMapper().readTree(caller.get("/v3/api-docs").body());
    assertThat(document.path("openapi").asString()).startsWith("3.1");
    assertThat(document.at("/info/title").asString()).isEqualTo("Firstcome");
    assertThat(document.at("/components/securitySchemes/basic/scheme").asString())
        .isEqualTo("basic");
    assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
        .isEqualTo("bearer");
    assertThat(document.path("paths").propertyNames()).doesNotContain("/error");
  }

  @Test
  void givesEveryOperationItsProblemAndOnlyAdminOnesASignIn() {
    JsonNode document = new JsonMapper().readTree(caller.get("/v3/api-docs").body());
    assertThat(document.at("/components/schemas/Problem/properties/code/enum").size()).isPositive();
    document
        .path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, operation) -> {
              JsonNode problem =
                  operation.at("/responses/default/content/application~1problem+json/schema/$ref");
              assertThat(problem.asString())
                  .as(method + " " + path)
                  .isEqualTo("#/components/schemas/Problem");
              assertThat(operation.path("security").size())
                  .as(method + " " + path)
                  .isEqualTo(path.startsWith("/api/admin") ? 2 : 0);
            }));
  }

  @Test
  void pointsOnlyAtWhatIsThere() {
    JsonNode document = new JsonMapper().readTree(caller.get("/v3/api-docs").body());
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
  }

  @Test
  void servesAPageThatItsOwnPolicyLetsWork() {
    HttpResponse<String> entry = caller.get("/swagger-ui.html");
    assertThat(entry.statusCode()).isEqualTo(302);
    assertThat(entry.headers().firstValue("Location").orElse(""))
        .endsWith("/swagger-ui/index.html");

    HttpResponse<String> page = caller.get("/swagger-ui/index.html");
    assertThat(page.statusCode()).isEqualTo(200);
    // No inline script or style, for which the policy would have to be weakened.
    assertThat(page.body()).doesNotContain("<style", "style=", " onload=");
    assertThat(page.body().replaceAll("<script src=\"[^\"]+\"[^>]*>\\s*</script>", ""))
        .doesNotContain("<script");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "img-src 'self' data:")
        .doesNotContain("unsafe");
    for (String part :
        new String[] {
          "swagger-ui.css", "index.css", "swagger-ui-bundle.js", "swagger-initializer.js"
        }) {
      assertThat(caller.get("/swagger-ui/" + part).statusCode()).as(part).isEqualTo(200);
    }
    assertThat(caller.get("/v3/api-docs/swagger-config").statusCode()).isEqualTo(200);
  }
}
