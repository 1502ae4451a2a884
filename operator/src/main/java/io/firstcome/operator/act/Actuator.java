package io.firstcome.operator.act;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.plan.Plan;
import io.firstcome.operator.plan.TopicStep;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.registration.Registrations;
import io.firstcome.operator.topic.KafkaTopics;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Reason;
import io.firstcome.operator.verdict.Verdict;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the plan says. A part that fails does not keep the others from being done. */
public final class Actuator {
  private static final Logger LOG = LoggerFactory.getLogger(Actuator.class);
  private static final int UNPROCESSABLE = 422;

  private final KafkaTopics topics;
  private final Registrations registrations;

  public Actuator(KafkaTopics topics, Registrations registrations) {
    this.topics = topics;
    this.registrations = registrations;
  }

  /** Does it. */
  public Done act(Campaign campaign, Plan plan, Context<Campaign> context) {
    var topic = change(plan.topic());
    var registration = register(campaign, plan);
    var refused = new EnumMap<Part, Verdict>(Part.class);
    for (var child : plan.children()) {
      apply(child, context, refused);
    }
    return new Done(topic, registration, refused);
  }

  private @Nullable TopicAnswer change(TopicStep step) {
    return switch (step) {
      case TopicStep.Nothing _ -> null;
      case TopicStep.Create(var name, int partitions, short replicas, var config) ->
          topics.create(name, partitions, replicas, config);
      case TopicStep.Grow(var name, int _, int partitions) -> topics.grow(name, partitions);
      case TopicStep.Configure(var name, int _, var config) -> topics.configure(name, config);
    };
  }

  private @Nullable ApiAnswer register(Campaign campaign, Plan plan) {
    var wanted = plan.registration();
    return wanted == null ? null : registrations.put(campaign.name(), wanted);
  }

  private static <R extends HasMetadata> void apply(
      R desired, Context<Campaign> context, Map<Part, Verdict> refused) {
    try {
      if (!isThere(desired, context)) {
        context.getClient().resource(desired).patch(serverSideApply(context));
        LOG.info("{} {} is applied.", desired.getKind(), desired.getMetadata().getName());
      }
    } catch (KubernetesClientException e) {
      refused.merge(part(desired), verdict(desired, e), (first, _) -> first);
    }
  }

  @SuppressWarnings("unchecked")
  private static <R extends HasMetadata> boolean isThere(R desired, Context<Campaign> context) {
    var matcher = new Matcher<R>();
    return context
        .getSecondaryResourcesAsStream((Class<R>) desired.getClass())
        .filter(one -> one.getMetadata().getName().equals(desired.getMetadata().getName()))
        .anyMatch(actual -> matcher.matches(actual, desired, context));
  }

  private static PatchContext serverSideApply(Context<Campaign> context) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(context.getControllerConfiguration().fieldManager())
        .withForce(true)
        .build();
  }

  private static Part part(HasMetadata child) {
    return child instanceof CronJob ? Part.BATCH : Part.CONSUMERS;
  }

  static Verdict verdict(HasMetadata child, KubernetesClientException e) {
    if (mayPass(e.getCode())) {
      LOG.warn("{} cannot be applied.", child.getKind(), e);
      return Verdict.unknown(Reason.KUBERNETES_UNREACHABLE, "");
    }
    var why = sentence(e);
    LOG.warn("{} is refused: {}", child.getKind(), why);
    boolean isSchedule = why.contains("spec.schedule") || why.contains("spec.timeZone");
    if (child instanceof CronJob && isSchedule) {
      return Verdict.stalled(Reason.INVALID_SCHEDULE, why);
    }
    return Verdict.stalled(
        child instanceof Deployment && e.getCode() == UNPROCESSABLE
            ? Reason.SPEC_INVALID
            : Reason.CHILD_REFUSED,
        why);
  }

  /** What is not the spec's fault: no answer, too busy, or somebody was faster. */
  private static boolean mayPass(int code) {
    return code < 400 || code >= 500 || code == 409 || code == 429;
  }

  private static String sentence(KubernetesClientException e) {
    var status = e.getStatus();
    var why = status == null ? e.getMessage() : status.getMessage();
    return why == null ? "" : why;
  }
}
