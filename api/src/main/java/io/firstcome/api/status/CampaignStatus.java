package io.firstcome.api.status;

import io.firstcome.core.campaign.CampaignPhase;
import java.time.Instant;
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

  /**
   * The last minute.
   *
   * @param actualTps decisions a second, over the seconds from the first to the last decision
   * @param avgLatencyMs from the log's timestamp to the decision
   * @param recentProcessed decisions
   */
  record ProcessingMetrics(double actualTps, double avgLatencyMs, long recentProcessed) {
    static ProcessingMetrics of(long decided, long latencyMicros, long seconds) {
      return decided == 0
          ? new ProcessingMetrics(0, 0, 0)
          : new ProcessingMetrics(
              rounded((double) decided / Math.max(1, seconds)),
              rounded(latencyMicros / 1000.0 / decided),
              decided);
    }

    private static double rounded(double number) {
      return Math.round(number * 100) / 100.0;
    }
  }

  static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / whole);
  }
}
