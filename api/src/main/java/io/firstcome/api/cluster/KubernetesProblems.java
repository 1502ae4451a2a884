package io.firstcome.api.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the API server refuses, or does not answer, as problems. */
final class KubernetesProblems {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private KubernetesProblems() {}

  /**
   * @param task as in "store the Campaign x"
   */
  static ProblemException of(String task, KubernetesClientException e) {
    return switch (e.getCode()) {
      case 400, 422 -> new ProblemException(ErrorCode.REQUEST_MALFORMED, message(e), e);
      case 401, 403 ->
          unavailable("Kubernetes does not let this api " + task + ": " + message(e), e);
      case 404 ->
          unavailable(
              "Kubernetes could not %s: %s. Are the namespace and the resource definition there?"
                  .formatted(task, message(e)),
              e);
      default ->
          unavailable(
                  ("The Kubernetes API server did not %s, or its answer was lost. Look before you"
                          + " try again.")
                      .formatted(task),
                  e)
              .retryAfter(RETRY_AFTER);
    };
  }

  static ProblemException unavailable(String detail, @Nullable Throwable cause) {
    return new ProblemException(ErrorCode.SERVICE_UNAVAILABLE, detail, cause);
  }

  /** The API server's own words, and never those of the client. */
  private static String message(KubernetesClientException e) {
    var status = e.getStatus();
    return status == null || status.getMessage() == null
        ? "refused with the status " + e.getCode()
        : status.getMessage();
  }
}
