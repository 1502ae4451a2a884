package io.firstcome.api.campaign;

import io.firstcome.core.campaign.CampaignMode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Campaigns that this process provides: rows in the tables, and topics in the log. */
@Component
record CampaignWorkHere(CampaignCreation creation, CampaignChanges changes, CampaignRemoval removal)
    implements CampaignWork {

  @Override
  public Campaign create(NewCampaign wanted, String actor) {
    return creation.create(wanted, actor);
  }

  @Override
  public Campaign change(long id, CampaignChange change, String actor) {
    return changes.change(id, change, actor);
  }

  @Override
  public Campaign setMode(long id, CampaignMode mode, @Nullable String why, String actor) {
    return changes.setMode(id, mode, why, actor);
  }

  @Override
  public void delete(long id, String actor) {
    removal.delete(id, actor);
  }
}
