package io.firstcome.operator.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.firstcome.operator.crd.Campaign;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happened as events of the Campaign. The same happening again is counted, not told
 * again. Best effort: an event that cannot be written is in the log.
 */
public final class EventWriter {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final String COMPONENT = "firstcome-operator";
  private static final int MESSAGE_MAX = 1024;

  private final KubernetesClient client;
  private final Clock clock;

  public EventWriter(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Tells it. */
  public void write(Campaign campaign, Happening happening) {
    LOG.info("{}: {}: {}", campaign.path(), happening.reason(), happening.message());
    try {
      var name = name(campaign, happening);
      var namespace = campaign.getMetadata().getNamespace();
      var before = client.v1().events().inNamespace(namespace).withName(name).get();
      client
          .resource(event(campaign, happening, name, before))
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(COMPONENT)
                  .withForce(true)
                  .build());
    } catch (KubernetesClientException e) {
      LOG.warn("The event {} of {} is not written.", happening.reason(), campaign.path(), e);
    }
  }

  private Event event(Campaign campaign, Happening happening, String name, @Nullable Event before) {
    var now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(campaign.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(campaign.getApiVersion())
        .withKind(campaign.getKind())
        .withName(campaign.name())
        .withNamespace(campaign.getMetadata().getNamespace())
        .withUid(campaign.getMetadata().getUid())
        .endInvolvedObject()
        .withType(happening.warning() ? "Warning" : "Normal")
        .withReason(happening.reason())
        .withMessage(cut(happening.message()))
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withReportingInstance(COMPONENT)
        .withFirstTimestamp(before == null ? now : before.getFirstTimestamp())
        .withLastTimestamp(now)
        .withCount(before == null ? 1 : Objects.requireNonNullElse(before.getCount(), 1) + 1)
        .build();
  }

  /** The same for the same happening, so that it is found again. */
  private static String name(Campaign campaign, Happening happening) {
    int hash = Objects.hash(campaign.getMetadata().getUid(), happening.reason());
    return "%s.%s.%08x"
        .formatted(campaign.name(), happening.reason().toLowerCase(java.util.Locale.ROOT), hash);
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX);
  }
}
