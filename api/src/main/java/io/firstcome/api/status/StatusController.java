package io.firstcome.api.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.status.CampaignStatus.ProcessingMetrics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows how a campaign is doing. */
@RestController
@Tag(name = "Campaigns")
final class StatusController {
  private static final Duration FRESH_FOR = Duration.ofSeconds(1);
  private static final int RECENT_SECONDS = 60;
  private static final String STATUS =
      """
      SELECT c.total_stock, c.remaining, c.failed, UTC_TIMESTAMP(6) AS as_of,
             COALESCE(SUM(r.decided), 0) AS decided,
             COALESCE(SUM(r.latency_micros), 0) AS latency_micros,
             COALESCE(MAX(r.at_second) - MIN(r.at_second) + 1, 0) AS seconds
        FROM campaign c
        LEFT JOIN campaign_rate r ON r.campaign_id = c.id
                                 AND r.at_second > UNIX_TIMESTAMP() - :recent
       WHERE c.id = :id
       GROUP BY c.id, c.total_stock, c.remaining, c.failed
      """;

  private final CampaignDirectory campaigns;
  private final JdbcClient jdbc;
  private final CampaignLag lag;
  // However many look at it, a campaign costs the database one look a second.
  private final Cache<Long, CampaignStatus> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(FRESH_FOR).build();

  StatusController(CampaignDirectory campaigns, JdbcClient jdbc, CampaignLag lag) {
    this.campaigns = campaigns;
    this.jdbc = jdbc;
    this.lag = lag;
  }

  @GetMapping("/api/campaigns/{campaign}/status")
  @Operation(summary = "Stock, counts, rate and lag of a campaign")
  CampaignStatus status(@PathVariable String campaign) {
    var known = campaigns.get(campaign);
    return recent.get(known.id(), _ -> read(known));
  }

  private CampaignStatus read(CachedCampaign known) {
    var behind = lag.of(known);
    return jdbc.sql(STATUS)
        .param("id", known.id())
        .param("recent", RECENT_SECONDS)
        .query((row, _) -> status(known, behind, row))
        .optional()
        .orElseThrow(CampaignDirectory::notFound);
  }

  private static CampaignStatus status(CachedCampaign campaign, @Nullable Long lag, ResultSet row)
      throws SQLException {
    long total = row.getLong("total_stock");
    long remaining = row.getLong("remaining");
    var asOf = row.getObject("as_of", LocalDateTime.class).toInstant(ZoneOffset.UTC);
    return new CampaignStatus(
        campaign.id(),
        campaign.name(),
        total,
        remaining,
        total - remaining,
        row.getLong("failed"),
        CampaignStatus.percent(total - remaining, total),
        ProcessingMetrics.of(
            row.getLong("decided"), row.getLong("latency_micros"), row.getLong("seconds")),
        lag,
        campaign.phase(asOf),
        asOf);
  }
}
