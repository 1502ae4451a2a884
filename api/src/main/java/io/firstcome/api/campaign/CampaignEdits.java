package io.firstcome.api.campaign;

import io.firstcome.api.audit.AuditEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a change really changes, field by field. */
record CampaignEdits(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
  CampaignEdits() {
    this(new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  void note(String field, @Nullable Object from, @Nullable Object to) {
    if (!Objects.equals(from, to)) {
      before.put(field, from);
      after.put(field, to);
    }
  }

  boolean isEmpty() {
    return after.isEmpty();
  }

  /** For the audit log; empty of a change that changes nothing. */
  Optional<AuditEntry> entry(String action, CampaignEntity campaign, String actor) {
    return isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AuditEntry(
                actor,
                action,
                campaign.id(),
                campaign.name(),
                Map.of("before", before, "after", after)));
  }
}
