package io.firstcome.api.bulk;

import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.json.StrictJson;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignPhase;
import io.firstcome.core.error.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sends many requests at a button. Only where {@code firstcome.bulk.enabled} is true. */
@RestController
@ConditionalOnBooleanProperty("firstcome.bulk.enabled")
@Tag(name = "Bulk load")
final class BulkController {
  private static final int COUNT_MAX = 1_000_000;
  private static final String PATH = "/api/admin/test/participate-bulk";

  private final CampaignDirectory campaigns;
  private final BulkRuns runs;
  private final StrictJson json;

  BulkController(CampaignDirectory campaigns, BulkRuns runs, StrictJson json) {
    this.campaigns = campaigns;
    this.runs = runs;
    this.json = json;
  }

  /**
   * @param count 1 to 1,000,000
   * @param campaignId the campaign's id; its name is taken too
   */
  record BulkRequest(@Nullable Integer count, @Nullable Object campaignId) {}

  @PostMapping(PATH)
  @Operation(
      summary = "Send many requests of made-up users",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = BulkRequest.class))))
  ResponseEntity<BulkRun.View> start(@RequestBody byte[] body) {
    var wanted = json.read(body, BulkRequest.class);
    var count = wanted.count();
    if (count == null || count < 1 || count > COUNT_MAX) {
      throw ProblemException.malformed("count", "count must be 1 to " + COUNT_MAX + ".");
    }
    var run = runs.start(open(wanted.campaignId()), count);
    return ResponseEntity.accepted().location(URI.create(PATH + "/" + run.id())).body(run.view());
  }

  private CachedCampaign open(@Nullable Object idOrName) {
    if (!(idOrName instanceof Integer || idOrName instanceof Long || idOrName instanceof String)) {
      throw ProblemException.malformed("campaignId", "campaignId must be a campaign's id or name.");
    }
    var campaign = campaigns.get(idOrName.toString());
    var phase = campaign.phase(campaigns.databaseNow());
    if (phase != CampaignPhase.OPEN) {
      throw new ProblemException(
          ErrorCode.CHANGE_REFUSED,
          "The campaign is " + phase + ", and only an open one takes requests.");
    }
    return campaign;
  }

  @GetMapping(PATH + "/{runId}")
  @Operation(summary = "How far a bulk run is")
  BulkRun.View view(@PathVariable String runId) {
    return runs.find(runId)
        .orElseThrow(() ->
            new ProblemException(
                ErrorCode.BULK_RUN_NOT_FOUND,
                "There is no such run in this process; runs are not kept over a restart."))
        .view();
  }
}
