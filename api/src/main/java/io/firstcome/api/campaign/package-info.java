/**
 * Campaigns as operators administer them and as the door looks them up.
 *
 * <p>Other packages ask {@link io.firstcome.api.campaign.CampaignDirectory}; whoever changes a
 * campaign goes through the admin API, so that every change is checked and audited.
 */
@NullMarked
package io.firstcome.api.campaign;

import org.jspecify.annotations.NullMarked;
