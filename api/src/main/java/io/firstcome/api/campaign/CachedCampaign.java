package io.firstcome.api.campaign;

import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.campaign.CampaignPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as the database had it a moment ago.
 *
 * @param remaining stock that nobody has; consumers change it all the time
 * @param failed requests that were decided and got nothing
 * @param refuseWhenSoldOut whether the door refuses once {@code remaining} is 0
 * @param topicUuid Kafka's own id of the topic
 * @param lane null for a campaign with a topic of its own
 * @param lanePart the partition of the lane that takes all requests of the campaign; null without a
 *     lane
 * @param partitions of the topic
 */
public record CachedCampaign(
    long id,
    String name,
    String displayName,
    CampaignKind kind,
    long totalStock,
    long remaining,
    long failed,
    @Nullable Instant opensAt,
    @Nullable Instant closesAt,
    boolean repeatable,
    boolean refuseWhenSoldOut,
    CampaignMode mode,
    int topicId,
    String topicName,
    String topicUuid,
    @Nullable String lane,
    @Nullable Integer lanePart,
    int partitions,
    Instant createdAt) {

  /**
   * The phase at an instant of the database's clock, see {@link CampaignDirectory#databaseNow()}.
   */
  public CampaignPhase phase(Instant databaseNow) {
    return CampaignPhase.at(databaseNow, mode, opensAt, closesAt);
  }
}
