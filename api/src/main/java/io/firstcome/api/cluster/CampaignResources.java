package io.firstcome.api.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Campaign resources in the API server. Every call ends within the timeouts of the client. */
final class CampaignResources {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignResources.class);
  private static final String KIND = "Campaign";
  private static final ResourceDefinitionContext CAMPAIGNS =
      new ResourceDefinitionContext.Builder()
          .withGroup("firstcome.io")
          .withVersion("v1")
          .withKind(KIND)
          .withPlural("campaigns")
          .withNamespaced(true)
          .build();

  /** What a person should read first when a campaign does not become what was asked for. */
  private static final List<String> TELLING =
      List.of("Stalled", "Registered", "TopicReady", "Ready");

  private final KubernetesClient kubernetes;

  CampaignResources(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /**
   * Stores a new resource.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_EXISTS}, {@link ErrorCode#REQUEST_MALFORMED}
   *     in the API server's words, {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  void create(String namespace, String name, Map<String, Object> spec) {
    var resource =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("firstcome.io/v1")
            .withKind(KIND)
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withAdditionalProperties(Map.of("spec", spec))
            .build();
    try {
      var _ = in(namespace).resource(resource).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        throw new ProblemException(
            ErrorCode.CAMPAIGN_EXISTS,
            "There is a Campaign %s in the namespace %s; choose another name."
                .formatted(name, namespace),
            e);
      }
      throw KubernetesProblems.of("store the Campaign " + name, e);
    }
  }

  /**
   * Changes fields of the spec.
   *
   * @param spec a merge patch
   * @return whether there is such a resource
   * @throws ProblemException {@link ErrorCode#REQUEST_MALFORMED} in the API server's words, {@link
   *     ErrorCode#SERVICE_UNAVAILABLE}
   */
  boolean patch(String namespace, String name, Map<String, @Nullable Object> spec) {
    try {
      var _ =
          in(namespace)
              .withName(name)
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  Serialization.asJson(Map.of("spec", spec)));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw KubernetesProblems.of("change the Campaign " + name, e);
    }
  }

  /**
   * Asks for the deletion; one that is gone is no error.
   *
   * @throws ProblemException {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  void delete(String namespace, String name) {
    try {
      var _ = in(namespace).withName(name).delete();
    } catch (KubernetesClientException e) {
      throw KubernetesProblems.of("delete the Campaign " + name, e);
    }
  }

  /**
   * @throws ProblemException {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  boolean exists(String namespace, String name) {
    try {
      return in(namespace).withName(name).get() != null;
    } catch (KubernetesClientException e) {
      throw KubernetesProblems.of("show the Campaign " + name, e);
    }
  }

  /** What the operator says of the resource, if it says that something is not right. */
  Optional<String> trouble(String namespace, String name) {
    try {
      var resource = in(namespace).withName(name).get();
      return resource == null ? Optional.empty() : trouble(resource);
    } catch (KubernetesClientException e) {
      // It would only have explained another problem.
      LOG.info("The conditions of {} cannot be read: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> trouble(GenericKubernetesResource resource) {
    List<Map<String, Object>> conditions = resource.get("status", "conditions");
    if (conditions == null) {
      return Optional.empty();
    }
    return TELLING.stream()
        .flatMap(
            type -> conditions.stream().filter(condition -> type.equals(condition.get("type"))))
        .filter(condition ->
            "Stalled".equals(condition.get("type")) == "True".equals(condition.get("status")))
        .map(condition -> String.valueOf(condition.get("message")))
        .findFirst();
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      in(String namespace) {
    return kubernetes.genericKubernetesResources(CAMPAIGNS).inNamespace(namespace);
  }
}
