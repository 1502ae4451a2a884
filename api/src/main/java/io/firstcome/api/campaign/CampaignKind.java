package io.firstcome.api.campaign;

/** How a campaign hands out its stock. */
public enum CampaignKind {
  FIRST_COME
}
