package io.firstcome.api.campaign;

import io.firstcome.core.campaign.CampaignMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign with what only the cluster's side wants to know.
 *
 * @param namespace of its resource; null for a campaign made without a cluster
 * @param released whether the resource is gone while the history is kept
 * @param topicUuid Kafka's own id of the topic
 * @param failed requests that were decided and got nothing
 * @param asOf the database's clock
 */
public record RegisteredCampaign(
    Campaign campaign,
    @Nullable String namespace,
    boolean released,
    String timeZone,
    CampaignMode mode,
    String topicUuid,
    long failed,
    Instant asOf) {

  static RegisteredCampaign of(CampaignEntity campaign, Instant now) {
    return new RegisteredCampaign(
        Campaign.of(campaign, now),
        campaign.namespace(),
        campaign.released(),
        campaign.timeZone(),
        campaign.mode(),
        campaign.topic().uuid(),
        campaign.failed(),
        now);
  }
}
