package io.firstcome.api.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.firstcome.core.campaign.CampaignPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as answers show it. What is not set is shown as null.
 *
 * @param currentStock what nobody has yet
 * @param state at the database's clock
 * @param partitions of the topic that takes the requests
 * @param lane null for a campaign with a topic of its own
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Campaign(
    long id,
    String name,
    String displayName,
    CampaignKind kind,
    long totalStock,
    long currentStock,
    @Nullable Instant opensAt,
    @Nullable Instant closesAt,
    boolean repeatable,
    SoldOut soldOut,
    CampaignPhase state,
    int partitions,
    @Nullable String lane,
    String topic,
    Instant createdAt) {

  static Campaign of(CampaignEntity campaign, Instant databaseNow) {
    var topic = campaign.topic();
    return new Campaign(
        campaign.id(),
        campaign.name(),
        campaign.displayName(),
        campaign.kind(),
        campaign.totalStock(),
        campaign.remaining(),
        campaign.opensAt(),
        campaign.closesAt(),
        campaign.repeatable(),
        campaign.soldOut(),
        CampaignPhase.at(databaseNow, campaign.mode(), campaign.opensAt(), campaign.closesAt()),
        topic.partitions(),
        topic.lane(),
        topic.name(),
        campaign.createdAt());
  }

  static Campaign of(CachedCampaign campaign, Instant databaseNow) {
    return new Campaign(
        campaign.id(),
        campaign.name(),
        campaign.displayName(),
        campaign.kind(),
        campaign.totalStock(),
        campaign.remaining(),
        campaign.opensAt(),
        campaign.closesAt(),
        campaign.repeatable(),
        campaign.refuseWhenSoldOut() ? SoldOut.REFUSE : SoldOut.RECORD,
        campaign.phase(databaseNow),
        campaign.partitions(),
        campaign.lane(),
        campaign.topicName(),
        campaign.createdAt());
  }
}
