package io.firstcome.api.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.core.campaign.CampaignPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign at one moment, as those who run it look at it.
 *
 * @param rate the seconds of the last five minutes in which something was decided, oldest first
 * @param bulkEnabled whether many requests can be sent at a button
 * @param asOf the database's clock
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record LiveCampaign(
    long campaignId,
    String campaignName,
    String displayName,
    CampaignPhase state,
    long totalStock,
    long currentStock,
    long successCount,
    long failCount,
    @Nullable Long lag,
    List<Partition> partitions,
    List<Second> rate,
    boolean bulkEnabled,
    Instant asOf) {

  /**
   * A partition that takes requests of the campaign.
   *
   * @param nextOffset of the first request that is not decided
   * @param endOffset that the next request will get; null while the log does not answer, as lag
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Partition(int partition, long nextOffset, @Nullable Long endOffset, @Nullable Long lag) {}

  /**
   * One second.
   *
   * @param at seconds since 1970
   * @param avgLatencyMs from the log's timestamp to the decision
   */
  record Second(long at, long decided, double avgLatencyMs) {}

  static LiveCampaign of(CachedCampaign campaign, CampaignReading reading, boolean bulkEnabled) {
    return new LiveCampaign(
        campaign.id(),
        campaign.name(),
        campaign.displayName(),
        campaign.phase(reading.asOf()),
        reading.totalStock(),
        reading.remaining(),
        reading.totalStock() - reading.remaining(),
        reading.failed(),
        reading.lag(),
        reading.lines().stream()
            .map(line ->
                new Partition(line.partition(), line.nextOffset(), line.endOffset(), line.lag()))
            .toList(),
        reading.seconds().stream()
            .map(second ->
                new Second(
                    second.at(),
                    second.decided(),
                    CampaignStatus.millis(second.latencyMicros(), second.decided())))
            .toList(),
        bulkEnabled,
        reading.asOf());
  }
}
