package io.firstcome.operator;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.testing.KubeApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What tests on the API server share: a client, our definition, namespaces of their own. */
public final class KubeTests {
  public static final Path DEFINITION =
      Path.of("../helm/firstcome/files/campaigns.firstcome.io.yaml");

  private KubeTests() {}

  public static KubernetesClient client() {
    var config = Config.fromKubeconfig(KubeApiServer.get().kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  public static CustomResourceDefinition definition(KubernetesClient client) throws Exception {
    try (var yaml = Files.newInputStream(DEFINITION)) {
      return client.apiextensions().v1().customResourceDefinitions().load(yaml).item();
    }
  }

  /** Puts our definition there, whatever was there before, and waits until it is served. */
  public static void define(KubernetesClient client) throws Exception {
    define(client, definition(client));
  }

  public static void define(KubernetesClient client, CustomResourceDefinition definition) {
    client.resource(definition).forceConflicts().fieldManager("test").serverSideApply();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("campaigns.firstcome.io")
        .waitUntilCondition(
            found ->
                found != null
                    && found.getStatus().getConditions().stream()
                        .anyMatch(one ->
                            one.getType().equals("Established") && one.getStatus().equals("True")),
            30,
            java.util.concurrent.TimeUnit.SECONDS);
    await("the definition is served")
        .ignoreExceptions()
        .until(() -> client.resources(Campaign.class).inAnyNamespace().list() != null);
  }

  public static String newNamespace(KubernetesClient client) {
    var name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  public static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50));
  }
}
