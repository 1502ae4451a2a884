package io.firstcome.api.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An entry of the audit log as answers show it. */
record AuditRow(
    long id,
    Instant at,
    String actor,
    String action,
    @Nullable Long campaignId,
    @Nullable String campaignName,
    JsonNode details) {}
