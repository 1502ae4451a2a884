package io.firstcome.api.campaign;

import org.springframework.stereotype.Component;

/** Everything that can be done to a campaign. */
@Component
record CampaignWork(CampaignCreation creation, CampaignChanges changes, CampaignRemoval removal) {}
