package io.firstcome.api.campaign;

import io.firstcome.api.json.StrictJson;
import io.firstcome.api.paging.PageWanted;
import io.firstcome.core.campaign.CampaignMode;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What operators do with campaigns. Every path takes a campaign's id or its name. */
@RestController
@RequestMapping(AdminCampaignController.PATH)
class AdminCampaignController {
  static final String PATH = "/api/admin/campaigns";

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final CampaignRepository campaigns;
  private final CampaignWork work;
  private final CampaignDirectory directory;
  private final CreationSettings settings;
  private final StrictJson json;

  AdminCampaignController(
      CampaignRepository campaigns,
      CampaignWork work,
      CampaignDirectory directory,
      CreationSettings settings,
      StrictJson json) {
    this.campaigns = campaigns;
    this.work = work;
    this.directory = directory;
    this.settings = settings;
    this.json = json;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Campaign> create(@RequestBody byte[] body, Principal operator) {
    var wanted = NewCampaign.of(json.read(body, CreateCampaignRequest.class), settings);
    var campaign = work.create(wanted, operator.getName());
    // The door may remember that there was no such campaign.
    directory.forget(campaign.id(), campaign.name());
    return ResponseEntity.created(URI.create(PATH + "/" + campaign.name())).body(campaign);
  }

  /** Newest first. */
  @GetMapping
  ResponseEntity<List<Campaign>> list(
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = PageWanted.SIZE_DEFAULT) int size) {
    var wanted = new PageWanted(page, size);
    var found = campaigns.newestFirst(PageRequest.of(wanted.page(), wanted.size()));
    var now = campaigns.databaseNow();
    return PageWanted.answer(
        found.map(campaign -> Campaign.of(campaign, now)).getContent(), found.getTotalElements());
  }

  @GetMapping("/{campaign}")
  Campaign get(@PathVariable String campaign) {
    return Campaign.of(campaigns.get(campaign), campaigns.databaseNow());
  }

  @PatchMapping(
      path = "/{campaign}",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
  Campaign change(@PathVariable String campaign, @RequestBody byte[] body, Principal operator) {
    long id = campaigns.get(campaign).id();
    var change = CampaignChange.of(json.read(body, ChangeCampaignRequest.class));
    return forgotten(work.change(id, change, operator.getName()));
  }

  @DeleteMapping("/{campaign}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String campaign, Principal operator) {
    var found = campaigns.get(campaign);
    try {
      work.delete(found.id(), operator.getName());
    } finally {
      directory.forget(found.id(), found.name());
    }
  }

  @PostMapping("/{campaign}/pause")
  Campaign pause(
      @PathVariable String campaign,
      @RequestBody(required = false) byte @Nullable [] body,
      Principal operator) {
    return setMode(campaign, CampaignMode.PAUSED, body, operator);
  }

  @PostMapping("/{campaign}/resume")
  Campaign resume(
      @PathVariable String campaign,
      @RequestBody(required = false) byte @Nullable [] body,
      Principal operator) {
    return setMode(campaign, CampaignMode.ACTIVE, body, operator);
  }

  /** For good: a campaign that was closed by a person does not open again. */
  @PostMapping("/{campaign}/close")
  Campaign close(
      @PathVariable String campaign,
      @RequestBody(required = false) byte @Nullable [] body,
      Principal operator) {
    return setMode(campaign, CampaignMode.CLOSED, body, operator);
  }

  private Campaign setMode(
      String campaign, CampaignMode mode, byte @Nullable [] body, Principal operator) {
    long id = campaigns.get(campaign).id();
    String why =
        body == null || body.length == 0
            ? null
            : json.read(body, ModeChangeRequest.class).checkedWhy();
    return forgotten(work.setMode(id, mode, why, operator.getName()));
  }

  private Campaign forgotten(Campaign campaign) {
    directory.forget(campaign.id(), campaign.name());
    return campaign;
  }
}
