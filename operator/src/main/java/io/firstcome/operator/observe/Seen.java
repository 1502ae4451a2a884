package io.firstcome.operator.observe;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.topic.TopicSeen;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Verdict;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there was at the beginning of a pass.
 *
 * @param topic the own topic, or null on a lane
 * @param registration what the api answered
 * @param olderCampaign another Campaign that had the same topic first, as namespace/name, or null
 * @param children what there is of the objects that a campaign has
 * @param refused what was refused a short while ago for this generation and is not tried again yet
 * @param settings what the topic was set to a short while ago for this generation, and is not again
 *     if Kafka describes it otherwise
 */
public record Seen(
    @Nullable TopicSeen topic,
    ApiAnswer registration,
    @Nullable String olderCampaign,
    Children children,
    Map<Part, Verdict> refused,
    Map<String, String> settings) {

  /**
   * The objects in Kubernetes.
   *
   * @param waiting why a consumer's container does not run, or null
   * @param foreign kinds of which somebody else has an object with our name
   */
  public record Children(
      @Nullable Deployment deployment,
      @Nullable CronJob cronJob,
      @Nullable Waiting waiting,
      Set<String> foreign) {}

  /** A container that waits: Kubernetes' reason and message. */
  public record Waiting(String reason, String message) {}
}
