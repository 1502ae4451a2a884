package io.firstcome.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the chart makes of some values.
 *
 * @param objects in Helm's order
 */
record Rendered(List<JsonNode> objects) {

  /** A pod, or what pods are made from. */
  record Pod(String kind, String name, JsonNode template) {
    JsonNode spec() {
      return template.get("spec");
    }

    JsonNode container() {
      return spec().at("/containers/0");
    }

    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  Stream<JsonNode> all(String kind) {
    return objects.stream().filter(object -> object.at("/kind").asString().equals(kind));
  }

  JsonNode get(String kind, String name) {
    var found = all(kind).filter(object -> name(object).equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind + " " + name + " in " + names());
    }
    return found.getFirst();
  }

  boolean has(String kind, String name) {
    return all(kind).anyMatch(object -> name(object).equals(name));
  }

  /** As {@code Kind name}. */
  List<String> names() {
    return objects.stream()
        .map(object -> object.at("/kind").asString() + " " + name(object))
        .toList();
  }

  List<Pod> pods() {
    var pods = new ArrayList<Pod>();
    for (var object : objects) {
      var template =
          switch (object.at("/kind").asString()) {
            case "Deployment", "StatefulSet", "Job" -> object.at("/spec/template");
            case "CronJob" -> object.at("/spec/jobTemplate/spec/template");
            case "Pod" -> object;
            default -> null;
          };
      if (template != null) {
        pods.add(new Pod(object.at("/kind").asString(), name(object), template));
      }
    }
    return pods;
  }

  Pod pod(String kind, String name) {
    return pods().stream()
        .filter(pod -> pod.kind().equals(kind) && pod.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + names()));
  }

  /** A settings file in a ConfigMap. */
  JsonNode settings(String configMap, String file) {
    return Chart.yaml(get("ConfigMap", configMap).at("/data").get(file).asString());
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }
}
