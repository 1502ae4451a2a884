package io.firstcome.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.CustomResource;
import io.firstcome.operator.KubeTests;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The reviewed definition and our classes have the same fields of the same types. */
class CampaignDefinitionTest {
  /** Where we remember that a spec could not be read; no field of the resource. */
  private static final String NOT_A_FIELD = "unreadable";

  private final JsonNode definition = read();
  private final JsonNode version = definition.at("/spec/versions/0");
  private final JsonNode schema = version.at("/schema/openAPIV3Schema");

  @Test
  void hasTheFieldsOfTheSpec() {
    var fields = fields("spec", CampaignSpec.class);
    // As a date-time a rule of ours could not look at them, and the sentence would not be ours.
    fields.replaceAll((_, type) -> type.equals("string date-time") ? "string" : type);
    assertThat(fields("spec", schema.at("/properties/spec"))).isEqualTo(fields);
  }

  @Test
  void hasTheFieldsOfTheStatus() {
    assertThat(fields("status", schema.at("/properties/status")))
        .isEqualTo(fields("status", CampaignStatus.class));
  }

  @Test
  void hasTheNamesOfTheResource() {
    var names = definition.at("/spec/names");
    assertThat(definition.at("/spec/group").asText()).isEqualTo(new Campaign().getGroup());
    assertThat(version.get("name").asText()).isEqualTo(new Campaign().getVersion());
    assertThat(names.get("plural").asText()).isEqualTo(new Campaign().getPlural());
    assertThat(names.get("shortNames").get(0).asText())
        .isEqualTo(CustomResource.getShortNames(Campaign.class)[0]);
  }

  @Test
  void isNeverRemovedWithTheChart() {
    assertThat(definition.at("/metadata/annotations/helm.sh~1resource-policy").asText())
        .isEqualTo("keep");
  }

  @Test
  void describesEveryField() {
    for (var part : List.of("spec", "status")) {
      assertDescribed(part, schema.at("/properties/" + part));
    }
  }

  @Test
  void saysItsOwnSentenceAtEveryRule() {
    for (var node : definition.findValues("x-kubernetes-validations")) {
      for (var rule : node) {
        assertThat(rule.has("message") || rule.has("messageExpression")).as("%s", rule).isTrue();
      }
    }
  }

  private static void assertDescribed(String path, JsonNode node) {
    assertThat(node.path("description").asText()).as(path).endsWith(".");
    node.path("properties")
        .properties()
        .forEach(field -> assertDescribed(path + "." + field.getKey(), field.getValue()));
    node.at("/items/properties")
        .properties()
        .forEach(field -> assertDescribed(path + "." + field.getKey(), field.getValue()));
  }

  private static Map<String, String> fields(String path, JsonNode node) {
    var fields = new TreeMap<String, String>();
    collect(path, node, fields);
    return fields;
  }

  private static void collect(String path, JsonNode node, Map<String, String> fields) {
    fields.put(path, type(node));
    node.path("properties")
        .properties()
        .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), fields));
    if (node.has("items")) {
      collect(path + "[]", node.get("items"), fields);
    }
  }

  private static String type(JsonNode node) {
    var type = node.get("type").asText();
    if (node.has("enum") && !path(node).equals("True,False,Unknown")) {
      return "enum " + path(node);
    }
    if (node.has("additionalProperties")) {
      return "map";
    }
    return node.has("format") ? type + " " + node.get("format").asText() : type;
  }

  private static String path(JsonNode node) {
    var values = new java.util.ArrayList<String>();
    node.get("enum").forEach(value -> values.add(value.asText()));
    return String.join(",", values);
  }

  private static Map<String, String> fields(String path, Class<?> type) {
    var fields = new TreeMap<String, String>();
    collect(path, type, fields);
    return fields;
  }

  private static void collect(String path, Type type, Map<String, String> fields) {
    fields.put(path, type(type));
    if (type instanceof Class<?> record && record.isRecord()) {
      for (RecordComponent component : record.getRecordComponents()) {
        if (!component.getName().equals(NOT_A_FIELD)) {
          collect(path + "." + component.getName(), component.getGenericType(), fields);
        }
      }
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      collect(path + "[]", list.getActualTypeArguments()[0], fields);
    }
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class ? "map" : "array";
    }
    var simple = (Class<?>) type;
    if (simple.isEnum()) {
      return "enum " + values(simple);
    }
    if (Set.of(int.class, Integer.class).contains(simple)) {
      return "integer int32";
    }
    if (Set.of(long.class, Long.class).contains(simple)) {
      return "integer int64";
    }
    if (simple == Instant.class) {
      return "string date-time";
    }
    return simple == boolean.class ? "boolean" : simple == String.class ? "string" : "object";
  }

  private static String values(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(field -> field.isEnumConstant())
        .map(field -> field.getAnnotation(JsonProperty.class).value())
        .reduce((one, other) -> one + "," + other)
        .orElseThrow();
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Files.readString(KubeTests.DEFINITION));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
