package io.firstcome.api.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counted requests of a day or a period. A request belongs to the business day of its campaign on
 * which the log took it; a repeated request counts nowhere.
 *
 * @param queryTimeMs milliseconds that the database part took, with microseconds after the point
 * @param date the day that was asked for; without it from and to are there
 * @param pendingCampaigns campaigns with decisions in this time that the aggregate does not know
 *     yet
 * @param campaigns by id, those with counted requests in this time
 * @param days of a period: every day of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Statistics(
    double queryTimeMs,
    Method method,
    @Nullable LocalDate date,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    long successCount,
    long failCount,
    long totalCount,
    String successRate,
    long pendingCampaigns,
    List<CampaignCounts> campaigns,
    @Nullable List<DayCounts> days) {

  /** Where the figures come from. */
  enum Method {
    /** From the table that the daily job fills. */
    BATCH_AGGREGATED,
    /** Counted from the history of decisions. */
    RAW_QUERY
  }

  record CampaignCounts(
      long campaignId,
      String campaignName,
      String displayName,
      String timeZone,
      long successCount,
      long failCount,
      long totalCount,
      String successRate,
      long alreadyIssuedCount,
      long outOfStockCount) {}

  record DayCounts(
      LocalDate date, long successCount, long failCount, long totalCount, String successRate) {}

  static Statistics of(Method method, Period period, CountedPeriod counted, long nanos) {
    var total = counted.total();
    return new Statistics(
        millis(nanos),
        method,
        period.isDate() ? period.from() : null,
        period.isDate() ? null : period.from(),
        period.isDate() ? null : period.to(),
        total.success(),
        total.fail(),
        total.total(),
        total.successRate(),
        counted.pendingCampaigns(),
        campaigns(counted),
        period.isDate() ? null : days(period, counted));
  }

  private static List<CampaignCounts> campaigns(CountedPeriod counted) {
    return counted.campaigns().entrySet().stream()
        .map(entry -> {
          var campaign = entry.getKey();
          var counts = entry.getValue();
          return new CampaignCounts(
              campaign.id(),
              campaign.name(),
              campaign.displayName(),
              campaign.timeZone(),
              counts.success(),
              counts.fail(),
              counts.total(),
              counts.successRate(),
              counts.alreadyIssued(),
              counts.outOfStock());
        })
        .toList();
  }

  private static List<DayCounts> days(Period period, CountedPeriod counted) {
    return period.days().stream()
        .map(day -> {
          var counts = counted.day(day);
          return new DayCounts(
              day, counts.success(), counts.fail(), counts.total(), counts.successRate());
        })
        .toList();
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1000.0) / 1000.0;
  }
}
