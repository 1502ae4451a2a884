package io.firstcome.api.status;

import io.firstcome.api.campaign.CampaignDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows how a campaign is doing. */
@RestController
@Tag(name = "Campaigns")
final class StatusController {
  private final CampaignDirectory campaigns;
  private final CampaignReadings readings;
  private final boolean bulkEnabled;

  StatusController(
      CampaignDirectory campaigns,
      CampaignReadings readings,
      @Value("${firstcome.bulk.enabled:false}") boolean bulkEnabled) {
    this.campaigns = campaigns;
    this.readings = readings;
    this.bulkEnabled = bulkEnabled;
  }

  @GetMapping("/api/campaigns/{campaign}/status")
  @Operation(summary = "Stock, counts, rate and lag of a campaign")
  CampaignStatus status(@PathVariable String campaign) {
    var known = campaigns.get(campaign);
    return CampaignStatus.of(known, readings.recent(known));
  }

  @GetMapping("/api/admin/campaigns/{campaign}/live")
  @Operation(
      summary = "A campaign by second and by partition",
      description =
          "At most a second old. rate has the seconds of the last five minutes in which"
              + " something was decided; lag and endOffset are null while the log does not answer.")
  LiveCampaign live(@PathVariable String campaign) {
    var known = campaigns.get(campaign);
    return LiveCampaign.of(known, readings.recent(known), bulkEnabled);
  }
}
