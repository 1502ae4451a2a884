package io.firstcome.api.campaign;

import java.time.Instant;
import java.util.Optional;

/** Where {@link CampaignDirectory} reads from. Both calls may block and may throw. */
interface CampaignSource {
  /**
   * Reads one campaign.
   *
   * @param key an id as plain decimal digits, or a name
   */
  Reading read(String key);

  /** The database's clock. */
  Instant now();

  /** What one statement saw: the campaign, if there is one, and the clock. */
  record Reading(Optional<CachedCampaign> campaign, Instant databaseNow) {}
}
