package io.firstcome.api.campaign;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What participants see of the campaigns. */
@RestController
@Tag(name = "Campaigns")
class CampaignController {
  private static final int CAMPAIGNS_MAX = 1_000;

  private final CampaignRepository campaigns;

  CampaignController(CampaignRepository campaigns) {
    this.campaigns = campaigns;
  }

  @GetMapping("/api/campaigns")
  @Operation(summary = "The open campaigns", description = "Newest first, at most 1,000.")
  List<Campaign> open() {
    var now = campaigns.databaseNow();
    return campaigns.openAt(now, PageRequest.ofSize(CAMPAIGNS_MAX)).stream()
        .map(campaign -> Campaign.of(campaign, now))
        .toList();
  }
}
