package io.firstcome.operator.act;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says whether all that we want of an object is so already; what others want of it is theirs. The
 * SDK's matcher, which takes 1024Mi and 1Gi for the same in a Deployment, and here in a CronJob
 * too.
 */
final class Matcher<R extends HasMetadata> extends SSABasedGenericKubernetesResourceMatcher<R> {

  @Override
  protected void sanitizeState(R actual, R desired, Map<String, Object> actualMap) {
    super.sanitizeState(actual, desired, actualMap);
    if (actual instanceof CronJob there && desired instanceof CronJob wanted) {
      sanitize(actualMap, template(there), template(wanted));
    }
  }

  private static PodTemplateSpec template(CronJob cronJob) {
    return cronJob.getSpec().getJobTemplate().getSpec().getTemplate();
  }

  private static void sanitize(
      Map<String, Object> map, PodTemplateSpec actual, PodTemplateSpec desired) {
    var there = actual.getSpec().getContainers();
    var wanted = desired.getSpec().getContainers();
    for (int i = 0; i < Math.min(there.size(), wanted.size()); i++) {
      var thereOf = there.get(i).getResources();
      var wantedOf = wanted.get(i).getResources();
      if (thereOf != null && wantedOf != null) {
        write(texts(map, i, "requests"), thereOf.getRequests(), wantedOf.getRequests());
        write(texts(map, i, "limits"), thereOf.getLimits(), wantedOf.getLimits());
      }
    }
  }

  private static @Nullable Map<String, Object> texts(
      Map<String, Object> map, int container, String kind) {
    return GenericKubernetesResource.get(
        map,
        "spec",
        "jobTemplate",
        "spec",
        "template",
        "spec",
        "containers",
        container,
        "resources",
        kind);
  }

  /** What is as much is written in our words. */
  private static void write(
      @Nullable Map<String, Object> texts,
      @Nullable Map<String, Quantity> there,
      @Nullable Map<String, Quantity> wanted) {
    if (texts == null || there == null || wanted == null) {
      return;
    }
    wanted.forEach((name, quantity) -> {
      if (Objects.equals(quantity, there.get(name))) {
        texts.put(name, quantity.toString());
      }
    });
  }
}
