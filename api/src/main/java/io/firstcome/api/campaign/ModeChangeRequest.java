package io.firstcome.api.campaign;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may say when pausing, resuming or closing.
 *
 * @param why for the audit log
 */
record ModeChangeRequest(@Nullable String why) {
  private static final int WHY_MAX = 500;

  @Nullable String checkedWhy() {
    return CampaignText.check("why", why, WHY_MAX);
  }
}
