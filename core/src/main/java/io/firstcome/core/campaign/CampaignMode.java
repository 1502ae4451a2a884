package io.firstcome.core.campaign;

/** What an operator has said about a campaign; its window decides the rest. */
public enum CampaignMode {
  ACTIVE,
  PAUSED,
  CLOSED
}
