package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The table of values, at the end of README.md, is made from values.yaml; this test says when to
 * make it again.
 */
class ValuesPageTest {
  private static final Path MADE = Path.of("target/README.md");
  private static final String START = "| Value | Default | What it is |\n";
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9]+):(?: (.+))?");

  @Test
  void agreesWithTheValues() throws IOException {
    var page = Chart.file("README.md");
    var made = page.substring(0, page.indexOf(START)) + table();
    Files.writeString(MADE, made);
    assertThat(page)
        .as("make it again: cp helm/target/README.md helm/firstcome/README.md")
        .isEqualTo(made);
  }

  @Test
  void everyValueIsInTheSchema() {
    var schema = Chart.yaml(Chart.file("values.schema.json"));
    var values = Chart.yaml(Chart.file("values.yaml"));
    assertThat(missing(schema, values, "")).isEmpty();
  }

  private static List<String> missing(JsonNode schema, JsonNode values, String path) {
    var missing = new ArrayList<String>();
    for (var value : values.properties()) {
      var name = path + "/" + value.getKey();
      var described = schema.at("/properties").get(value.getKey());
      if (described == null) {
        missing.add(name);
      } else if (value.getValue().isObject() && described.has("properties")) {
        missing.addAll(missing(described, value.getValue(), name));
      }
    }
    return missing;
  }

  private static String table() {
    var table = new StringBuilder(START).append("|---|---|---|\n");
    var path = new ArrayList<String>();
    var comment = "";
    for (var line : Chart.file("values.yaml").lines().toList()) {
      var key = KEY.matcher(line);
      if (line.strip().startsWith("#")) {
        comment = line.strip().substring(1).strip();
      } else if (key.matches()) {
        while (path.size() > key.group(1).length() / 2) {
          path.removeLast();
        }
        path.add(key.group(2));
        if (key.group(3) != null) {
          var name = String.join(".", path);
          assertThat(comment).as("comment above %s", name).isNotEmpty();
          table.append("| `%s` | `%s` | %s |%n".formatted(name, key.group(3), comment));
        }
        comment = "";
      } else {
        assertThat(line).as("a line that is no value").isBlank();
        comment = "";
      }
    }
    return table.toString();
  }
}
