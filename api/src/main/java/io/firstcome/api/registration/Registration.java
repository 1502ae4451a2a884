package io.firstcome.api.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.firstcome.api.campaign.RegisteredCampaign;
import io.firstcome.api.campaign.SoldOut;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.campaign.CampaignPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as the operator sees it. What is not set is shown as null.
 *
 * @param namespace of the Campaign resource; null for a campaign made without a cluster
 * @param released whether the resource is gone while the history is kept
 * @param closed by a person, for good: then {@code paused} means nothing
 * @param state at the database's clock
 * @param lane null for a campaign with a topic of its own
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Registration(
    long id,
    String name,
    @Nullable String namespace,
    boolean released,
    String displayName,
    long totalStock,
    @Nullable Instant opensAt,
    @Nullable Instant closesAt,
    String timeZone,
    boolean repeatable,
    SoldOut soldOut,
    boolean paused,
    boolean closed,
    CampaignPhase state,
    Topic topic,
    @Nullable String lane,
    Sample sample) {

  /**
   * The topic that takes the requests.
   *
   * @param id Kafka's own
   */
  record Topic(String name, String id, int partitions) {}

  /**
   * How the campaign is doing.
   *
   * @param failed requests that were decided and got nothing
   * @param lag requests in the log that are not decided yet; null while the log does not answer
   * @param asOf the database's clock
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Sample(
      long total, long remaining, long succeeded, long failed, @Nullable Long lag, Instant asOf) {}

  static Registration of(RegisteredCampaign registered, @Nullable Long lag) {
    var campaign = registered.campaign();
    return new Registration(
        campaign.id(),
        campaign.name(),
        registered.namespace(),
        registered.released(),
        campaign.displayName(),
        campaign.totalStock(),
        campaign.opensAt(),
        campaign.closesAt(),
        registered.timeZone(),
        campaign.repeatable(),
        campaign.soldOut(),
        registered.mode() == CampaignMode.PAUSED,
        registered.mode() == CampaignMode.CLOSED,
        campaign.state(),
        new Topic(campaign.topic(), registered.topicUuid(), campaign.partitions()),
        campaign.lane(),
        new Sample(
            campaign.totalStock(),
            campaign.currentStock(),
            campaign.totalStock() - campaign.currentStock(),
            registered.failed(),
            lag,
            registered.asOf()));
  }
}
