package io.firstcome.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.registration.Registrations;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases campaigns whose resource is gone, so that their doors are shut: those that were deleted
 * while no operator was looking, and those whose release failed.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  // Names are all that is wanted, also of resources that cannot be decoded otherwise.
  private static final ResourceDefinitionContext CAMPAIGNS =
      new ResourceDefinitionContext.Builder()
          .withGroup(Campaign.GROUP)
          .withVersion("v1")
          .withKind("Campaign")
          .withPlural("campaigns")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final Registrations registrations;
  private final Set<String> namespaces;

  Sweep(KubernetesClient client, Registrations registrations, Set<String> namespaces) {
    this.client = client;
    this.registrations = registrations;
    this.namespaces = namespaces;
  }

  void run() {
    for (var namespace : namespaces) {
      try {
        run(namespace);
      } catch (KubernetesClientException e) {
        LOG.warn("The Campaigns of {} cannot be listed; it is tried again.", namespace, e);
      }
    }
  }

  /** The api is asked first: what it has been told of by then is among the resources. */
  void run(String namespace) {
    var registered = registrations.names(namespace);
    if (registered.isEmpty() || registered.get().isEmpty()) {
      return;
    }
    var existing =
        client
            .genericKubernetesResources(CAMPAIGNS)
            .inNamespace(namespace)
            .list()
            .getItems()
            .stream()
            .map(GenericKubernetesResource::getMetadata)
            .map(metadata -> metadata.getName())
            .collect(Collectors.toSet());
    for (var name : registered.get()) {
      if (!existing.contains(name)) {
        LOG.info("{}/{} is gone; its campaign is released.", namespace, name);
        registrations.release(name, namespace);
      }
    }
  }
}
