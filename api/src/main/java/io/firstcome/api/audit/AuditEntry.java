package io.firstcome.api.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did.
 *
 * @param actor who, by the name they signed in with
 * @param action in upper case, what was done to what
 * @param campaignId null if it concerns no campaign
 * @param details before, after and why, as far as they apply
 */
public record AuditEntry(
    String actor,
    String action,
    @Nullable Long campaignId,
    @Nullable String campaignName,
    Map<String, ?> details) {}
