package io.firstcome.api.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.firstcome.api.ApiServer;
import io.firstcome.testing.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A namespace of a real API server, and an api in it that may do there what the chart lets it do:
 * the Role's verbs and nothing else.
 */
final class TestCluster implements AutoCloseable {
  private static final Path CAMPAIGNS_YAML =
      Path.of("../helm/firstcome/files/campaigns.firstcome.io.yaml");
  private static final ResourceDefinitionContext CAMPAIGNS =
      new ResourceDefinitionContext.Builder()
          .withGroup("firstcome.io")
          .withVersion("v1")
          .withKind("Campaign")
          .withPlural("campaigns")
          .withNamespaced(true)
          .build();

  final KubernetesClient kubernetes;
  final String namespace;
  final String token;

  TestCluster(String namespace) {
    this.namespace = namespace;
    var config = Config.fromKubeconfig(KubeApiServer.get().kubeconfig().toFile());
    // Said outright, or the client would look every minute what it is now, and for as long as an
    // api is being started, system properties name the account of that api.
    config.setOauthToken(KubeApiServer.get().token());
    kubernetes = new KubernetesClientBuilder().withConfig(config).build();
    kubernetes.resource(definition()).serverSideApply();
    kubernetes
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    makeAccount();
    token =
        kubernetes
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("api")
            .tokenRequest()
            .getStatus()
            .getToken();
    // The API server serves a new kind a moment after it has its definition.
    Awaitility.await().ignoreExceptions().until(() -> campaigns().list() != null);
  }

  private static String definition() {
    try {
      return Files.readString(CAMPAIGNS_YAML);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeAccount() {
    kubernetes
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("api")
                .endMetadata()
                .build())
        .create();
    kubernetes
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("api")
                .endMetadata()
                .addNewRule()
                .withApiGroups("firstcome.io")
                .withResources("campaigns")
                .withVerbs("get", "create", "patch", "delete")
                .endRule()
                .addNewRule()
                .withApiGroups("batch")
                .withResources("cronjobs")
                .withVerbs("get")
                .endRule()
                .addNewRule()
                .withApiGroups("batch")
                .withResources("jobs")
                .withVerbs("get", "create")
                .endRule()
                .build())
        .create();
    kubernetes
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("api")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "api")
                .addNewSubject()
                .withKind("ServiceAccount")
                .withNamespace(namespace)
                .withName("api")
                .endSubject()
                .build())
        .create();
  }

  /** An api in this namespace. */
  ApiServer startApi(String... settings) {
    return startApiWith(KubeApiServer.get().address(), namespace, settings);
  }

  /** An api that finds the API server at this address, as a pod finds it by its environment. */
  ApiServer startApiWith(String address, String inNamespace, String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add("firstcome.cluster.namespace=" + inNamespace);
    var properties =
        Map.of(
            "kubernetes.master",
            address,
            "kubernetes.auth.token",
            token,
            "kubernetes.certs.ca.file",
            KubeApiServer.get().certificate().toString(),
            "kubernetes.auth.tryKubeConfig",
            "false",
            "kubernetes.auth.tryServiceAccount",
            "false");
    properties.forEach(System::setProperty);
    try {
      return ApiServer.start(all.toArray(String[]::new));
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  /** A client with the rights of the api. */
  KubernetesClient asApi() {
    var config =
        new ConfigBuilder(kubernetes.getConfiguration())
            .withOauthToken(token)
            .withAutoOAuthToken(token)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      campaigns() {
    return kubernetes.genericKubernetesResources(CAMPAIGNS).inNamespace(namespace);
  }

  GenericKubernetesResource campaign(String name) {
    return campaigns().withName(name).get();
  }

  @Override
  public void close() {
    kubernetes.close();
  }
}
