package io.firstcome.api.campaign;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignPhase;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What participants see of the campaigns. */
@RestController
@Tag(name = "Campaigns")
class CampaignController {
  private static final int CAMPAIGNS_MAX = 1_000;

  private final CampaignRepository campaigns;
  private final CampaignDirectory directory;
  // However many look at it, a list costs the database one look a second.
  private final LoadingCache<CampaignPhase, List<Campaign>> lists =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).build(this::read);

  CampaignController(CampaignRepository campaigns, CampaignDirectory directory) {
    this.campaigns = campaigns;
    this.directory = directory;
  }

  @GetMapping("/api/campaigns")
  @Operation(
      summary = "The open campaigns",
      description =
          "Newest first, at most 1,000. With state=SCHEDULED those that open later, soonest first.")
  List<Campaign> list(@RequestParam(defaultValue = "OPEN") String state) {
    return lists.get(
        switch (state) {
          case "OPEN" -> CampaignPhase.OPEN;
          case "SCHEDULED" -> CampaignPhase.SCHEDULED;
          default -> throw ProblemException.malformed("state", "state must be OPEN or SCHEDULED.");
        });
  }

  @GetMapping("/api/campaigns/{campaign}")
  @Operation(summary = "A campaign", description = "At most a second old.")
  Campaign get(@PathVariable String campaign) {
    return Campaign.of(directory.get(campaign), directory.databaseNow());
  }

  private List<Campaign> read(CampaignPhase phase) {
    var now = campaigns.databaseNow();
    var page = PageRequest.ofSize(CAMPAIGNS_MAX);
    var found =
        phase == CampaignPhase.OPEN ? campaigns.openAt(now, page) : campaigns.opensAfter(now, page);
    return found.stream().map(campaign -> Campaign.of(campaign, now)).toList();
  }
}
