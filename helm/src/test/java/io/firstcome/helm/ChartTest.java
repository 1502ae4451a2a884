package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

  @Test
  void passesTheStrictLint() {
    var lint = new Helm(Chart.FOLDER).lint().strict().call();
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    assertThat(lint.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
  }

  @Test
  void isReleasedWithTheProduct() {
    var chart = Chart.yaml(Chart.file("Chart.yaml"));
    var product = System.getProperty("project.version");
    assertThat(chart.at("/version").asString()).isEqualTo(product);
    assertThat(chart.at("/appVersion").asString()).isEqualTo(product);
    assertThat(Chart.bundled().pods().stream().map(pod -> pod.container().at("/image").asString()))
        .containsExactlyInAnyOrder(
            "firstcome/api:" + product,
            "firstcome/operator:" + product,
            "firstcome/batch-job:" + product,
            "firstcome/batch-job:" + product,
            "firstcome/k6:" + product,
            "firstcome/k6:" + product,
            "apache/kafka:4.3.1",
            "mysql:9.7");
  }

  @Test
  void makesThese() {
    assertThat(Chart.bundled().names())
        .containsExactlyInAnyOrder(
            "CustomResourceDefinition campaigns.firstcome.io",
            "ClusterRole sales-firstcome-campaigns-edit",
            "ClusterRole sales-firstcome-campaigns-view",
            "ServiceAccount firstcome-api",
            "ServiceAccount firstcome-operator",
            "ServiceAccount firstcome-uninstall",
            "Role firstcome-api",
            "Role firstcome-api-campaigns",
            "Role firstcome-operator",
            "Role firstcome-operator-lease",
            "Role firstcome-uninstall",
            "Role firstcome-uninstall-operator",
            "RoleBinding firstcome-api",
            "RoleBinding firstcome-api-campaigns",
            "RoleBinding firstcome-operator",
            "RoleBinding firstcome-operator-lease",
            "RoleBinding firstcome-uninstall",
            "RoleBinding firstcome-uninstall-operator",
            "Secret firstcome-admin",
            "Secret firstcome-database",
            "Secret firstcome-mysql",
            "Secret firstcome-operator-token",
            "Secret firstcome-request-ids",
            "ConfigMap firstcome-api",
            "ConfigMap firstcome-operator",
            "ConfigMap firstcome-servers",
            "ConfigMap firstcome-test",
            "ConfigMap firstcome-uninstall",
            "Deployment firstcome-api",
            "PodDisruptionBudget firstcome-api",
            "Service firstcome-api",
            "Deployment firstcome-operator",
            "CronJob firstcome-batch",
            "CronJob firstcome-retention",
            "StatefulSet firstcome-kafka",
            "Service firstcome-kafka",
            "StatefulSet firstcome-mysql",
            "Service firstcome-mysql",
            "Pod firstcome-test",
            "Job firstcome-uninstall");
  }

  @Test
  void namesEverythingAfterTheRelease() {
    assertThat(Chart.renderAs("shop").has("Deployment", "shop-firstcome-api")).isTrue();
    assertThat(Chart.renderAs("my-firstcome").has("Deployment", "my-firstcome-api")).isTrue();
    assertThat(Chart.renderAs("shop", "fullnameOverride: sale").has("Deployment", "sale-api"))
        .isTrue();
    // A CronJob's name may have 52 characters.
    var longest = Chart.renderAs("a".repeat(53));
    assertThat(longest.all("CronJob").map(job -> job.at("/metadata/name").asString().length()))
        .allMatch(length -> length <= 52);
  }

  @Test
  void bringsTheDefinitionOfCampaignThatOutlivesIt() {
    var definition = Chart.bundled().get("CustomResourceDefinition", "campaigns.firstcome.io");
    assertThat(definition).isEqualTo(Chart.yaml(Chart.file("files/campaigns.firstcome.io.yaml")));
    assertThat(definition.at("/metadata/annotations/helm.sh~1resource-policy").asString())
        .isEqualTo("keep");
    assertThat(Chart.bundled("crds: {install: false}").all("CustomResourceDefinition")).isEmpty();
  }

  @Test
  void takesImagesFromAnotherRegistry() {
    var rendered =
        Chart.bundled(
            "images: {registry: registry.example.com/shop, tag: 1.2.3, pullSecrets: [registry]}");
    assertThat(rendered.pod("Deployment", "firstcome-api").container().at("/image").asString())
        .isEqualTo("registry.example.com/shop/firstcome/api:1.2.3");
    assertThat(
            rendered
                .settings("firstcome-operator", "firstcome-operator.yml")
                .at("/firstcome/operator/consumer/image")
                .asString())
        .isEqualTo("registry.example.com/shop/firstcome/consumer:1.2.3");
    assertThat(rendered.pods())
        .allSatisfy(pod ->
            assertThat(pod.spec().at("/imagePullSecrets/0/name").asString()).isEqualTo("registry"));
  }

  @Test
  void putsAllIntoItsNamespace() {
    var clusterWide = List.of("CustomResourceDefinition", "ClusterRole");
    assertThat(Chart.bundled().objects())
        .filteredOn(object -> !clusterWide.contains(object.at("/kind").asString()))
        .allSatisfy(
            object -> assertThat(object.at("/metadata/namespace").asString()).isEqualTo("sales"));
  }
}
