package io.firstcome.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.firstcome.operator.observe.Seen;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of each state of a Deployment. */
class ConsumersVerdictTest {
  static Stream<Arguments> rollouts() {
    var pull = new Seen.Waiting("ImagePullBackOff", "Back-off");
    var crash = new Seen.Waiting("CrashLoopBackOff", "back-off 10s");
    return Stream.of(
        Arguments.of(null, null, "False RolloutInProgress Ready are 0 of 2."),
        Arguments.of(deployment(2, 2, 2, 1), null, "True Provisioned "),
        Arguments.of(deployment(1, 2, 2, 1), null, "False RolloutInProgress Ready are 1 of 2."),
        Arguments.of(deployment(2, 1, 2, 1), null, "False RolloutInProgress Ready are 2 of 2."),
        Arguments.of(deployment(2, 2, 3, 1), null, "False RolloutInProgress Ready are 2 of 2."),
        Arguments.of(deployment(2, 2, 2, 0), null, "False RolloutInProgress Ready are 2 of 2."),
        Arguments.of(
            deployment(0, 2, 2, 1), pull, "False ImagePullFailed ImagePullBackOff: Back-off"),
        Arguments.of(
            deployment(0, 2, 2, 1),
            crash,
            "False RolloutInProgress Ready are 0 of 2. CrashLoopBackOff: back-off 10s"),
        Arguments.of(
            with(deployment(0, 2, 2, 1), "Progressing", "False"),
            crash,
            "False ProgressDeadlineExceeded CrashLoopBackOff: back-off 10s stalled"),
        Arguments.of(
            with(deployment(0, 2, 2, 1), "Progressing", "False"),
            pull,
            "False ImagePullFailed ImagePullBackOff: Back-off stalled"),
        Arguments.of(
            with(deployment(0, 0, 0, 1), "ReplicaFailure", "True"),
            null,
            "False PodsRefused because stalled"));
  }

  @ParameterizedTest
  @MethodSource("rollouts")
  void mirrorsTheRollout(
      @Nullable Deployment deployment, Seen.@Nullable Waiting waiting, String expected) {
    var verdict = ConsumersVerdict.of(deployment, 2, waiting);
    assertThat(
            "%s %s %s%s"
                .formatted(
                    verdict.status(),
                    verdict.reason().text(),
                    verdict.detail(),
                    verdict.stalled() ? " stalled" : ""))
        .isEqualTo(expected);
  }

  private static Deployment deployment(int ready, int updated, int all, long observed) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(observed)
        .withReadyReplicas(ready)
        .withUpdatedReplicas(updated)
        .withReplicas(all)
        .endStatus()
        .build();
  }

  private static Deployment with(Deployment deployment, String type, String status) {
    return new DeploymentBuilder(deployment)
        .editStatus()
        .addNewCondition()
        .withType(type)
        .withStatus(status)
        .withMessage("because")
        .endCondition()
        .endStatus()
        .build();
  }
}
