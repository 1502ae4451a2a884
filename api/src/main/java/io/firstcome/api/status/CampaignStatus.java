package io.firstcome.api.status;

import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.status.CampaignReading.Second;
import io.firstcome.core.campaign.CampaignPhase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A campaign at one moment.
 *
 * @param failCount requests that were decided and got nothing; a repeated request counts once
 * @param stockUsageRate successes of the stock in percent, as in "76.00%"
 * @param lag requests in the log that are not decided yet (for a campaign on a lane: of its
 *     partition); null while the log does not answer
 * @param asOf the database's clock
 */
record CampaignStatus(
    long campaignId,
    String campaignName,
    long totalStock,
    long currentStock,
    long successCount,
    long failCount,
    String stockUsageRate,
    ProcessingMetrics processingMetrics,
    @Nullable Long lag,
    CampaignPhase state,
    Instant asOf) {
  private static final int RECENT_SECONDS = 60;

  /**
   * The last minute.
   *
   * @param actualTps decisions a second, over the seconds from the first to the last decision
   * @param avgLatencyMs from the log's timestamp to the decision
   * @param recentProcessed decisions
   */
  record ProcessingMetrics(double actualTps, double avgLatencyMs, long recentProcessed) {
    static ProcessingMetrics of(List<Second> seconds) {
      if (seconds.isEmpty()) {
        return new ProcessingMetrics(0, 0, 0);
      }
      long decided = seconds.stream().mapToLong(Second::decided).sum();
      long latencyMicros = seconds.stream().mapToLong(Second::latencyMicros).sum();
      long time = seconds.getLast().at() - seconds.getFirst().at() + 1;
      return new ProcessingMetrics(
          rounded((double) decided / time), millis(latencyMicros, decided), decided);
    }
  }

  static CampaignStatus of(CachedCampaign campaign, CampaignReading reading) {
    long total = reading.totalStock();
    long taken = total - reading.remaining();
    return new CampaignStatus(
        campaign.id(),
        campaign.name(),
        total,
        reading.remaining(),
        taken,
        reading.failed(),
        percent(taken, total),
        ProcessingMetrics.of(reading.since(reading.asOf().getEpochSecond() - RECENT_SECONDS + 1)),
        reading.lag(),
        campaign.phase(reading.asOf()),
        reading.asOf());
  }

  static double millis(long micros, long decided) {
    return decided == 0 ? 0 : rounded(micros / 1000.0 / decided);
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }

  static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / whole);
  }
}
