package io.firstcome.helm;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The chart, rendered by Helm without a cluster, as the release firstcome in the namespace sales.
 */
final class Chart {
  static final Path FOLDER = Path.of("firstcome");
  static final String BUNDLED =
      """
      kafka: {mode: bundled}
      mysql: {mode: bundled}
      """;
  static final String EXTERNAL =
      """
      kafka: {external: {bootstrapServers: "kafka-1.example.com:9093,kafka-2.example.com:9093"}}
      mysql: {external: {host: mysql.example.com, existingSecret: shop-database}}
      """;

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path COPY = copy();

  private Chart() {}

  /** With bundled servers and these values, each a YAML document. */
  static Rendered bundled(String... values) {
    return render(BUNDLED, values);
  }

  /** With servers outside and these values, each a YAML document. */
  static Rendered external(String... values) {
    return render(EXTERNAL, values);
  }

  static Rendered render(String base, String... values) {
    return new Rendered(documents(template("firstcome", base, values)));
  }

  static Rendered renderAs(String release, String... values) {
    return new Rendered(documents(template(release, BUNDLED, values)));
  }

  /** What Helm says to these values, which it must refuse. */
  static String refusal(String base, String... values) {
    var refused =
        catchThrowableOfType(
            IllegalStateException.class, () -> template("firstcome", base, values));
    if (refused == null) {
      throw new AssertionError("accepted: " + base + String.join("", values));
    }
    return String.valueOf(refused.getMessage());
  }

  static JsonNode yaml(String text) {
    return YAML.readTree(text);
  }

  static String file(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String template(String release, String base, String... values) {
    var command =
        new Helm(COPY)
            .template()
            .withKubeVersion("1.30.0")
            .withName(release)
            .withNamespace("sales");
    var files = new ArrayList<Path>();
    try {
      var all = new ArrayList<>(List.of(base));
      all.addAll(List.of(values));
      for (var each : all) {
        var file = Files.createTempFile("values", ".yaml");
        files.add(file);
        command.withValuesFile(Files.writeString(file, each));
      }
      return command.call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      files.forEach(file -> file.toFile().delete());
    }
  }

  private static List<JsonNode> documents(String text) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    }
  }

  private static Path copy() {
    var copy = Path.of("target", "rendered-chart");
    try (var files = Files.walk(FOLDER)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(
            target,
            Files.readString(file)
                .replace("(lookup ", "(dict ")
                .replace("helm.sh/hook: ", "hook: "));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }
}
