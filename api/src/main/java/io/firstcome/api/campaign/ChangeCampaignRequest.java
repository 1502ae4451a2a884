package io.firstcome.api.campaign;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an operator sends to change a campaign, as a merge patch (RFC 7396): a field that is not
 * given stays as it is. Only the window's ends can be cleared with null, so only they must tell
 * null (a null node) from absence (no node); elsewhere null is the same as absence.
 */
record ChangeCampaignRequest(
    @Nullable String displayName,
    @Nullable Long totalStock,
    @Nullable JsonNode opensAt,
    @Nullable JsonNode closesAt,
    @Nullable Boolean repeatable,
    @Nullable String soldOut,
    @Nullable Integer partitions) {}
