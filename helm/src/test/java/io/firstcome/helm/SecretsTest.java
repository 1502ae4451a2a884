package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.databind.JsonNode;

class SecretsTest {
  private static final List<String> MADE =
      List.of(
          "firstcome-admin",
          "firstcome-database",
          "firstcome-mysql",
          "firstcome-operator-token",
          "firstcome-request-ids");

  @Test
  void areMadeWhereNoneAreNamed() {
    var rendered = Chart.bundled();
    assertThat(rendered.all("Secret").map(secret -> secret.at("/metadata/name").asString()))
        .containsExactlyInAnyOrderElementsOf(MADE);
    var admin = rendered.get("Secret", "firstcome-admin");
    var password = value(admin, "password");
    var hash = value(admin, "password-hash");
    assertThat(password).hasSize(24);
    // As the api's record wants it.
    assertThat(hash).matches("\\{bcrypt}\\$2[aby]?\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    assertThat(new BCryptPasswordEncoder().matches(password, hash.substring("{bcrypt}".length())))
        .isTrue();
    var key = value(rendered.get("Secret", "firstcome-request-ids"), "FIRSTCOME_REQUESTID_KEYS_1");
    assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    assertThat(value(rendered.get("Secret", "firstcome-operator-token"), "token")).hasSize(48);
    assertThat(value(rendered.get("Secret", "firstcome-database"), "SPRING_DATASOURCE_USERNAME"))
        .isEqualTo("firstcome");
  }

  @Test
  void standNowhereElse() {
    var rendered = Chart.bundled();
    var values =
        rendered
            .all("Secret")
            .flatMap(secret ->
                secret.at("/data").properties().stream()
                    .filter(entry -> !entry.getKey().equals("SPRING_DATASOURCE_USERNAME"))
                    .flatMap(entry ->
                        List.of(entry.getValue().asString(), value(secret, entry.getKey()))
                            .stream()))
            .toList();
    assertThat(values).hasSizeGreaterThanOrEqualTo(12);
    assertThat(rendered.objects())
        .filteredOn(object -> !object.at("/kind").asString().equals("Secret"))
        .allSatisfy(object -> assertThat(object.toString()).doesNotContain(values));
  }

  @Test
  void areNotMadeWhereOthersAreNamed() {
    var rendered =
        Chart.external(
            """
            admin: {existingSecret: shop-admin}
            requestIds: {existingSecret: shop-request-ids}
            operator: {existingTokenSecret: shop-token}
            kafka: {external: {existingSecret: shop-kafka}}
            """);
    assertThat(rendered.all("Secret")).isEmpty();
    var api = rendered.pod("Deployment", "firstcome-api").container();
    assertThat(api.at("/envFrom").findValuesAsString("name"))
        .containsExactly("shop-request-ids", "shop-database", "shop-kafka");
    assertThat(secretOf(api, "FIRSTCOME_ADMIN_PASSWORDHASH")).isEqualTo("shop-admin password-hash");
    assertThat(secretOf(api, "FIRSTCOME_OPERATOR_TOKEN")).isEqualTo("shop-token token");
    var operator = rendered.pod("Deployment", "firstcome-operator").container();
    assertThat(operator.at("/envFrom").findValuesAsString("name")).containsExactly("shop-kafka");
    assertThat(secretOf(operator, "FIRSTCOME_OPERATOR_TOKEN")).isEqualTo("shop-token token");
    assertThat(
            rendered
                .settings("firstcome-operator", "firstcome-operator.yml")
                .at("/firstcome/operator/pods/secrets")
                .toString())
        .isEqualTo("[\"shop-database\",\"shop-kafka\"]");
    assertThat(secretOf(rendered.pod("Pod", "firstcome-test").container(), "ADMIN_PASSWORD"))
        .isEqualTo("shop-admin password");
  }

  @Test
  void stayWhenWhatTheyOpenStays() {
    assertThat(kept(Chart.bundled()))
        .containsExactlyInAnyOrder(
            "firstcome-database", "firstcome-mysql", "firstcome-request-ids");
    assertThat(kept(Chart.bundled("mysql: {bundled: {persistence: {enabled: false}}}")))
        .containsExactly("firstcome-request-ids");
  }

  @Test
  void ofTheDatabaseAreInEveryWatchedNamespace() {
    var rendered = Chart.bundled("operator: {watchNamespaces: [games, music]}");
    var copies =
        rendered
            .all("Secret")
            .filter(secret -> secret.at("/metadata/name").asString().equals("firstcome-database"))
            .toList();
    assertThat(copies.stream().map(secret -> secret.at("/metadata/namespace").asString()))
        .containsExactlyInAnyOrder("sales", "games", "music");
    assertThat(copies.stream().map(secret -> secret.at("/data")).distinct()).hasSize(1);
  }

  private static List<String> kept(Rendered rendered) {
    return rendered
        .all("Secret")
        .filter(secret -> secret.at("/metadata/annotations").has("helm.sh/resource-policy"))
        .map(secret -> secret.at("/metadata/name").asString())
        .toList();
  }

  private static String value(JsonNode secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.at("/data").get(key).asString()), StandardCharsets.UTF_8);
  }

  private static String secretOf(JsonNode container, String variable) {
    for (var each : container.at("/env")) {
      if (each.at("/name").asString().equals(variable)) {
        var reference = each.at("/valueFrom/secretKeyRef");
        return reference.at("/name").asString() + " " + reference.at("/key").asString();
      }
    }
    throw new AssertionError("no " + variable);
  }
}
