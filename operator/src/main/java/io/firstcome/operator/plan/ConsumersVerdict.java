package io.firstcome.operator.plan;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.firstcome.operator.observe.Seen;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of a Deployment what people want to know. A pure function. */
final class ConsumersVerdict {
  private static final Set<String> IMAGE_REASONS =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

  private ConsumersVerdict() {}

  /**
   * Judges.
   *
   * @param deployment what there is, or null
   * @param replicas how many are wanted
   */
  static Verdict of(@Nullable Deployment deployment, int replicas, Seen.@Nullable Waiting waiting) {
    if (deployment == null || deployment.getStatus() == null) {
      return Verdict.bad(Reason.ROLLOUT_IN_PROGRESS, ready(0, replicas));
    }
    var failure = condition(deployment, "ReplicaFailure", "True");
    if (failure.isPresent()) {
      return Verdict.stalled(Reason.PODS_REFUSED, message(failure.get()));
    }
    if (isRolledOut(deployment, replicas)) {
      return Verdict.good(replicas == 0 ? Reason.SCALED_TO_ZERO : Reason.PROVISIONED);
    }
    return notYet(deployment, replicas, waiting);
  }

  private static Verdict notYet(
      Deployment deployment, int replicas, Seen.@Nullable Waiting waiting) {
    boolean late = condition(deployment, "Progressing", "False").isPresent();
    var why = waiting == null ? "" : waiting.reason() + ": " + waiting.message();
    if (waiting != null && IMAGE_REASONS.contains(waiting.reason())) {
      return new Verdict("False", Reason.IMAGE_PULL_FAILED, why, late);
    }
    if (late) {
      return Verdict.stalled(Reason.PROGRESS_DEADLINE_EXCEEDED, why);
    }
    var ready = ready(count(deployment.getStatus().getReadyReplicas()), replicas);
    return Verdict.bad(Reason.ROLLOUT_IN_PROGRESS, why.isEmpty() ? ready : ready + " " + why);
  }

  private static boolean isRolledOut(Deployment deployment, int replicas) {
    var status = deployment.getStatus();
    var generation = deployment.getMetadata().getGeneration();
    var wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    return status.getObservedGeneration() != null
        && generation != null
        && status.getObservedGeneration() >= generation
        && wanted == replicas
        && count(status.getUpdatedReplicas()) >= replicas
        && count(status.getReadyReplicas()) >= replicas
        // None of the old ones is left.
        && count(status.getReplicas()) <= count(status.getUpdatedReplicas());
  }

  private static Optional<DeploymentCondition> condition(
      Deployment deployment, String type, String status) {
    return deployment.getStatus().getConditions().stream()
        .filter(one -> type.equals(one.getType()) && status.equals(one.getStatus()))
        .findFirst();
  }

  private static String message(DeploymentCondition condition) {
    return Objects.requireNonNullElse(condition.getMessage(), "");
  }

  private static String ready(int ready, int wanted) {
    return "Ready are %d of %d.".formatted(ready, wanted);
  }

  private static int count(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
