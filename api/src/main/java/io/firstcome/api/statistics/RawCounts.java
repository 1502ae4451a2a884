package io.firstcome.api.statistics;

import io.firstcome.api.statistics.CountedPeriod.CountedCampaign;
import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.core.rule.Outcome;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the history of decisions again. */
@Component
final class RawCounts {
  // Each is a range of the index, and the optimizer gives up on too many of them.
  private static final int CAMPAIGNS_A_STATEMENT_MAX = 100;
  // The index has every column, so no row of the table is read. Without the hint a database that
  // expects many rows may read them all.
  private static final String COUNT =
      """
      SELECT campaign_id, outcome, COUNT(*) AS requests
        FROM participation FORCE INDEX (participation_day)
       WHERE campaign_id IN (:campaigns) AND logged_at >= :start AND logged_at < :end
         AND is_repeat = FALSE
       GROUP BY campaign_id, outcome
      """;

  private final HeavyReads heavyReads;

  RawCounts(HeavyReads heavyReads) {
    this.heavyReads = heavyReads;
  }

  CountedPeriod read(Period period) {
    return heavyReads.read(reading -> {
      var counted = new CountedPeriod();
      counted.setPendingCampaigns(pending(reading.jdbc(), period));
      for (var zone : campaignsByZone(reading.jdbc()).entrySet()) {
        for (var date : period.days()) {
          var day = new BusinessDay(date, zone.getKey());
          for (var campaigns : chunks(zone.getValue())) {
            count(reading.jdbc(), day, campaigns, counted);
          }
        }
      }
      return counted;
    });
  }

  private static long pending(JdbcClient jdbc, Period period) {
    return jdbc.sql(
            """
            SELECT COUNT(DISTINCT campaign_id) FROM stats_pending
             WHERE stat_date BETWEEN :from AND :to
            """)
        .param("from", period.from())
        .param("to", period.to())
        .query(Long.class)
        .single();
  }

  private static Map<ZoneId, List<CountedCampaign>> campaignsByZone(JdbcClient jdbc) {
    var byZone = new TreeMap<String, List<CountedCampaign>>();
    jdbc.sql("SELECT id, name, display_name, time_zone FROM campaign ORDER BY id")
        .query((row, _) ->
            new CountedCampaign(
                row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
        .list()
        .forEach(campaign ->
            byZone.computeIfAbsent(campaign.timeZone(), _ -> new ArrayList<>()).add(campaign));
    var zones = new LinkedHashMap<ZoneId, List<CountedCampaign>>();
    byZone.forEach((zone, campaigns) -> zones.put(ZoneId.of(zone), campaigns));
    return zones;
  }

  private static void count(
      JdbcClient jdbc, BusinessDay day, List<CountedCampaign> campaigns, CountedPeriod counted) {
    var byId = new HashMap<Long, CountedCampaign>();
    campaigns.forEach(campaign -> byId.put(campaign.id(), campaign));
    jdbc.sql(COUNT)
        .param("campaigns", byId.keySet())
        .param("start", utc(day.start()))
        .param("end", utc(day.end()))
        .query(
            (RowCallbackHandler)
                row -> {
                  var counts = Counts.of(Outcome.valueOf(row.getString(2)), row.getLong(3));
                  counted.add(Objects.requireNonNull(byId.get(row.getLong(1))), counts);
                  counted.add(day.date(), counts);
                });
  }

  private static List<List<CountedCampaign>> chunks(List<CountedCampaign> all) {
    return IntStream.iterate(0, i -> i < all.size(), i -> i + CAMPAIGNS_A_STATEMENT_MAX)
        .mapToObj(i -> all.subList(i, Math.min(i + CAMPAIGNS_A_STATEMENT_MAX, all.size())))
        .toList();
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
