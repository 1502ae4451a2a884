package io.firstcome.api.campaign;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
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
  // However many look at it, the list costs the database one look a second.
  private final LoadingCache<String, List<Campaign>> recent =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).build(_ -> read());

  CampaignController(CampaignRepository campaigns) {
    this.campaigns = campaigns;
  }

  @GetMapping("/api/campaigns")
  @Operation(summary = "The open campaigns", description = "Newest first, at most 1,000.")
  List<Campaign> open() {
    return recent.get("open");
  }

  private List<Campaign> read() {
    var now = campaigns.databaseNow();
    return campaigns.openAt(now, PageRequest.ofSize(CAMPAIGNS_MAX)).stream()
        .map(campaign -> Campaign.of(campaign, now))
        .toList();
  }
}
