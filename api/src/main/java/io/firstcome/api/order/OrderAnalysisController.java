package io.firstcome.api.order;

import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.order.OrderAnalysis.Samples;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.api.statistics.HeavyReads;
import io.firstcome.core.rule.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows how far a campaign was decided in the order of its log. */
@RestController
@Tag(name = "Statistics")
final class OrderAnalysisController {
  // Without a limit: a database that sees one may walk through everybody's rows by id.
  private static final String LAST_DECIDED_FIRST =
      """
      SELECT part, log_offset, user_id, outcome, logged_at, decided_at FROM participation
       WHERE campaign_id = :campaign AND part IS NOT NULL
       ORDER BY id DESC
      """;

  private final CampaignDirectory campaigns;
  private final HeavyReads heavyReads;

  OrderAnalysisController(CampaignDirectory campaigns, HeavyReads heavyReads) {
    this.campaigns = campaigns;
    this.heavyReads = heavyReads;
  }

  @GetMapping("/api/admin/stats/order-analysis/{campaign}")
  @Operation(
      summary = "How far a campaign was decided in the order of its log",
      description =
          "A mismatch is a record decided before another one that has an earlier log timestamp"
              + " (of equal ones the lower partition, then the lower offset, is earlier)."
              + " samples=violation shows those around the first one, samples=whole some of all.")
  OrderAnalysis analyse(
      @PathVariable String campaign, @RequestParam(defaultValue = "violation") String samples) {
    var shown =
        switch (samples) {
          case "violation" -> Samples.VIOLATION;
          case "whole" -> Samples.WHOLE;
          default ->
              throw ProblemException.malformed("samples", "samples must be violation or whole.");
        };
    var known = campaigns.get(campaign);
    long start = System.nanoTime();
    var check =
        heavyReads.read(reading -> {
          var running = new OrderCheck(partitions(known));
          reading.stream(
              reading.jdbc().sql(LAST_DECIDED_FIRST).param("campaign", known.id()),
              row -> running.add(decided(row)));
          return running;
        });
    return OrderAnalysis.of(known.id(), check, shown, System.nanoTime() - start);
  }

  private static IntStream partitions(CachedCampaign campaign) {
    var lanePart = campaign.lanePart();
    return lanePart == null ? IntStream.range(0, campaign.partitions()) : IntStream.of(lanePart);
  }

  private static DecidedRecord decided(ResultSet row) throws SQLException {
    return new DecidedRecord(
        row.getInt(1),
        row.getLong(2),
        row.getString(3),
        Outcome.valueOf(row.getString(4)),
        instant(row, 5),
        instant(row, 6));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }
}
