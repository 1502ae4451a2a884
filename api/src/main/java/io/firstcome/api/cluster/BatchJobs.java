package io.firstcome.api.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are made of a CronJob, as {@code kubectl create job --from} makes them.
 *
 * @param cronJob its name
 */
record BatchJobs(KubernetesClient kubernetes, String namespace, String cronJob) {
  private static final String LABEL = "firstcome.io/batch-run";

  /**
   * How a Job is.
   *
   * @param failure why it has failed; null if it has not
   */
  record State(boolean succeeded, @Nullable String failure) {}

  /**
   * Makes a Job that runs with these arguments.
   *
   * @param run marks the Job and its pods
   * @return the Job's name
   * @throws ProblemException {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  String create(String run, List<String> arguments) {
    try {
      var template =
          kubernetes.batch().v1().cronjobs().inNamespace(namespace).withName(cronJob).get();
      if (template == null) {
        throw KubernetesProblems.unavailable(
            "There is no CronJob %s in the namespace %s of which a run could be made."
                .formatted(cronJob, namespace),
            null);
      }
      var job = job(template, run, arguments);
      var _ = kubernetes.batch().v1().jobs().inNamespace(namespace).resource(job).create();
      return job.getMetadata().getName();
    } catch (KubernetesClientException e) {
      throw KubernetesProblems.of("start a run of the CronJob " + cronJob, e);
    }
  }

  private Job job(CronJob template, String run, List<String> arguments) {
    var wanted = template.getSpec().getJobTemplate();
    var metadata = Optional.ofNullable(wanted.getMetadata());
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withName(cronJob + "-" + run)
            .withNamespace(namespace)
            .withLabels(metadata.map(it -> it.getLabels()).orElse(null))
            .withAnnotations(metadata.map(it -> it.getAnnotations()).orElse(null))
            .addToLabels(LABEL, run)
            .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
            // So it goes with the CronJob, and counts in its history limits.
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("CronJob")
            .withName(cronJob)
            .withUid(template.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withSpec(wanted.getSpec())
            .build();
    var pod = job.getSpec().getTemplate();
    pod.getSpec().getContainers().getFirst().setArgs(arguments);
    if (pod.getMetadata() == null) {
      pod.setMetadata(new ObjectMeta());
    }
    pod.getMetadata().getLabels().put(LABEL, run);
    return job;
  }

  /**
   * Empty if there is no such Job any more.
   *
   * @throws ProblemException {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  Optional<State> state(String name) {
    try {
      return Optional.ofNullable(
              kubernetes.batch().v1().jobs().inNamespace(namespace).withName(name).get())
          .map(BatchJobs::state);
    } catch (KubernetesClientException e) {
      throw KubernetesProblems.of("show the Job " + name, e);
    }
  }

  private static State state(Job job) {
    var status = job.getStatus();
    if (status == null) {
      return new State(false, null);
    }
    var failure =
        status.getConditions().stream()
            .filter(it -> it.getType().equals("Failed") && it.getStatus().equals("True"))
            .map(it -> Objects.requireNonNullElse(it.getMessage(), it.getReason()))
            .findFirst()
            .orElse(null);
    return new State(Objects.requireNonNullElse(status.getSucceeded(), 0) > 0, failure);
  }
}
