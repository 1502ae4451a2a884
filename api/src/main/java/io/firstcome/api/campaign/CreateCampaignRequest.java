package io.firstcome.api.campaign;

import org.jspecify.annotations.Nullable;

/** What an operator sends to make a campaign; {@link NewCampaign} says what is allowed. */
record CreateCampaignRequest(
    @Nullable String name,
    @Nullable String displayName,
    @Nullable String kind,
    @Nullable Long totalStock,
    @Nullable String opensAt,
    @Nullable String closesAt,
    @Nullable String timeZone,
    @Nullable Boolean repeatable,
    @Nullable String soldOut,
    @Nullable Integer partitions,
    @Nullable String lane) {}
