package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may do what: the exact lists, because a right more is a risk and a right less a failure. */
class AccessTest {

  @Test
  void ofTheApi() {
    assertThat(rules(Chart.bundled().get("Role", "firstcome-api")))
        .containsExactly("batch cronjobs[firstcome-batch]: get", "batch jobs: get create");
    assertThat(rules(Chart.bundled().get("Role", "firstcome-api-campaigns")))
        .containsExactly("firstcome.io campaigns: get create patch delete");
  }

  @Test
  void ofTheApiToCampaignsElsewhere() {
    var elsewhere =
        Chart.bundled("operator: {watchNamespaces: [games]}")
            .all("Role")
            .filter(role -> role.at("/metadata/name").asString().equals("firstcome-api-campaigns"))
            .filter(role -> role.at("/metadata/namespace").asString().equals("games"))
            .toList();
    assertThat(elsewhere).hasSize(1);
    assertThat(rules(elsewhere.getFirst()))
        .containsExactly("firstcome.io campaigns: get patch delete");
  }

  @Test
  void ofTheOperator() {
    var rendered = Chart.bundled();
    assertThat(rules(rendered.get("Role", "firstcome-operator")))
        .containsExactly(
            "firstcome.io campaigns: get list watch patch",
            "firstcome.io campaigns/status: patch",
            "firstcome.io campaigns/finalizers: update",
            "apps deployments: get list watch create patch delete",
            "batch cronjobs: get list watch create patch delete",
            "policy poddisruptionbudgets: get list watch create patch delete",
            " pods: get list",
            " events: get create patch");
    assertThat(rules(rendered.get("Role", "firstcome-operator-lease")))
        .containsExactly("coordination.k8s.io leases: get create update patch");
  }

  @Test
  void ofTheCleanUpBeforeAnUninstall() {
    var rendered = Chart.bundled();
    assertThat(rules(rendered.get("Role", "firstcome-uninstall")))
        .containsExactly("firstcome.io campaigns: list patch");
    assertThat(rules(rendered.get("Role", "firstcome-uninstall-operator")))
        .containsExactly("apps deployments/scale[firstcome-operator]: patch", " pods: list");
  }

  @Test
  void isBoundInTheWatchedNamespacesAndNowhereElse() {
    var rendered = Chart.bundled("operator: {watchNamespaces: [games, sales]}");
    for (var name :
        List.of("firstcome-operator", "firstcome-uninstall", "firstcome-api-campaigns")) {
      for (var kind : List.of("Role", "RoleBinding")) {
        assertThat(namespaces(rendered, kind, name)).containsExactlyInAnyOrder("sales", "games");
      }
    }
    for (var name : List.of("firstcome-api", "firstcome-operator-lease")) {
      assertThat(namespaces(rendered, "RoleBinding", name)).containsExactly("sales");
    }
    assertThat(rendered.all("RoleBinding"))
        .allSatisfy(binding -> {
          var role = binding.at("/roleRef/name").asString();
          assertThat(binding.at("/roleRef/kind").asString()).isEqualTo("Role");
          assertThat(role).isEqualTo(binding.at("/metadata/name").asString());
          assertThat(binding.at("/subjects/0/namespace").asString()).isEqualTo("sales");
          assertThat(rendered.has("ServiceAccount", binding.at("/subjects/0/name").asString()))
              .isTrue();
        });
    assertThat(rendered.all("ClusterRoleBinding")).isEmpty();
  }

  @Test
  void toCampaignsComesWithViewAndEdit() {
    var rendered = Chart.bundled();
    var view = rendered.get("ClusterRole", "sales-firstcome-campaigns-view");
    assertThat(label(view, "aggregate-to-view")).isEqualTo("true");
    assertThat(rules(view))
        .containsExactly("firstcome.io campaigns campaigns/status campaigns/scale: get list watch");
    var edit = rendered.get("ClusterRole", "sales-firstcome-campaigns-edit");
    assertThat(label(edit, "aggregate-to-edit")).isEqualTo("true");
    assertThat(label(edit, "aggregate-to-admin")).isEqualTo("true");
    assertThat(rules(edit))
        .containsExactly(
            "firstcome.io campaigns: create update patch delete deletecollection",
            "firstcome.io campaigns/scale: update patch");
    assertThat(Chart.bundled("rbac: {aggregateClusterRoles: false}").all("ClusterRole")).isEmpty();
  }

  private static String label(JsonNode role, String name) {
    return role.at("/metadata/labels").get("rbac.authorization.k8s.io/" + name).asString();
  }

  private static List<String> namespaces(Rendered rendered, String kind, String name) {
    return rendered
        .all(kind)
        .filter(object -> object.at("/metadata/name").asString().equals(name))
        .map(object -> object.at("/metadata/namespace").asString())
        .toList();
  }

  /** As "groups resources[names]: verbs". */
  private static List<String> rules(JsonNode role) {
    return role.at("/rules")
        .valueStream()
        .map(rule ->
            words(rule.get("apiGroups"))
                + " "
                + words(rule.get("resources"))
                + (rule.has("resourceNames") ? "[" + words(rule.get("resourceNames")) + "]" : "")
                + ": "
                + words(rule.get("verbs")))
        .toList();
  }

  private static String words(JsonNode list) {
    return String.join(" ", list.valueStream().map(JsonNode::asString).toList());
  }
}
