package io.firstcome.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server's answers to a change mean. */
class ActuatorTest {
  static Stream<Arguments> answers() {
    return Stream.of(
        refused(new Deployment(), 422, "resources", Reason.SPEC_INVALID),
        refused(new Deployment(), 403, "exceeded quota", Reason.CHILD_REFUSED),
        refused(new PodDisruptionBudget(), 422, "selector", Reason.CHILD_REFUSED),
        refused(new CronJob(), 422, "spec.schedule: Invalid", Reason.INVALID_SCHEDULE),
        refused(new CronJob(), 422, "spec.timeZone: Invalid", Reason.INVALID_SCHEDULE),
        refused(new CronJob(), 403, "exceeded quota", Reason.CHILD_REFUSED),
        // It may be otherwise the next time.
        mayPass(new Deployment(), 0),
        mayPass(new Deployment(), 409),
        mayPass(new CronJob(), 429),
        mayPass(new CronJob(), 500),
        mayPass(new PodDisruptionBudget(), 503));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("answers")
  void judges(HasMetadata child, int code, String message, Verdict expected) {
    var status = new StatusBuilder().withCode(code).withMessage(message).build();
    assertThat(Actuator.verdict(child, new KubernetesClientException(message, code, status)))
        .isEqualTo(expected);
  }

  private static Arguments refused(HasMetadata child, int code, String message, Reason reason) {
    return Arguments.of(child, code, message, Verdict.stalled(reason, message));
  }

  private static Arguments mayPass(HasMetadata child, int code) {
    return Arguments.of(child, code, "not now", Verdict.unknown(Reason.KUBERNETES_UNREACHABLE, ""));
  }
}
