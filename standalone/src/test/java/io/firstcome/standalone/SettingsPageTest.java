package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/settings.md is made from the settings records; this test says when to make it again. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("../docs/settings.md");
  private static final Path MADE = Path.of("target/settings.md");

  @Test
  void agreesWithTheSettingsRecords() throws IOException {
    var page = page(settings());
    Files.writeString(MADE, page);
    assertThat(Files.readString(PAGE))
        .as("make it again: cp standalone/target/settings.md docs/settings.md")
        .isEqualTo(page);
  }

  private static Map<String, JsonNode> settings() throws IOException {
    var settings = new TreeMap<String, JsonNode>();
    var found =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:META-INF/spring-configuration-metadata.json");
    for (var resource : found) {
      var tree = new JsonMapper().readTree(resource.getInputStream());
      for (var property : tree.get("properties")) {
        var name = property.get("name").asString();
        if (name.startsWith("firstcome.")) {
          settings.put(name, property);
        }
      }
    }
    return settings;
  }

  private static String page(Map<String, JsonNode> settings) {
    var page =
        new StringBuilder(
            """
            # Settings

            Made from the settings records of `api`, `consumer`, `batch-job` and `operator`. As an \
            environment variable `firstcome.consumer.threads` is `FIRSTCOME_CONSUMER_THREADS`. \
            Servers are set with Spring Boot's own keys: `spring.kafka.bootstrap-servers`, \
            `spring.datasource.url`, `.username` and `.password`, `server.port`, \
            `management.server.port`, and for bearer tokens \
            `spring.security.oauth2.resourceserver.jwt.issuer-uri` and `.audiences`.

            | Key | Default | What it is |
            |---|---|---|
            """);
    settings.forEach((name, property) -> {
      var ofDefault = property.get("defaultValue");
      page.append("| `%s` | %s | %s |%n".formatted(name, text(ofDefault), description(property)));
    });
    return page.toString();
  }

  private static String text(JsonNode value) {
    return value == null ? "" : "`" + value.asString() + "`";
  }

  private static String description(JsonNode property) {
    var description = property.get("description");
    assertThat(description).as("%s has no @param", property.get("name")).isNotNull();
    return description.asString().replace("\n", " ").replace("|", "\\|");
  }
}
