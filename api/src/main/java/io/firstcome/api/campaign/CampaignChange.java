package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A change that is well-formed; null components stay as they are. */
public record CampaignChange(
    @Nullable String displayName,
    @Nullable Long totalStock,
    @Nullable End opensAt,
    @Nullable End closesAt,
    @Nullable Boolean repeatable,
    @Nullable SoldOut soldOut,
    @Nullable Integer partitions) {

  /** An end of the window that is set or, with null, cleared. */
  public record End(@Nullable Instant at) {}

  /**
   * Checks every field by itself; whether the campaign allows the change is another question.
   *
   * @throws ProblemException {@code REQUEST_MALFORMED} that names the first offending field
   */
  static CampaignChange of(ChangeCampaignRequest request) {
    return new CampaignChange(
        CampaignText.check("displayName", request.displayName(), NewCampaign.DISPLAY_NAME_MAX),
        request.totalStock() == null ? null : NewCampaign.totalStock(request.totalStock()),
        end("opensAt", request.opensAt()),
        end("closesAt", request.closesAt()),
        request.repeatable(),
        request.soldOut() == null ? null : NewCampaign.soldOut(request.soldOut()),
        request.partitions() == null ? null : NewCampaign.partitions(request.partitions()));
  }

  /**
   * The window after this change.
   *
   * @throws ProblemException {@code REQUEST_MALFORMED} that names an end that was given, if the
   *     window would close before it opens
   */
  Window window(Window before) {
    var after =
        new Window(
            opensAt == null ? before.opensAt() : opensAt.at(),
            closesAt == null ? before.closesAt() : closesAt.at());
    if (!after.isInOrder()) {
      throw ProblemException.malformed(
          closesAt == null ? "opensAt" : "closesAt",
          "'closesAt' must be after 'opensAt'; the campaign would open at %s and close at %s."
              .formatted(after.opensAt(), after.closesAt()));
    }
    return after;
  }

  private static @Nullable End end(String field, @Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      return new End(null);
    }
    if (!value.isString()) {
      throw ProblemException.malformed(
          field, "'%s' must be text, or null to clear it.".formatted(field));
    }
    return new End(Window.instant(field, value.stringValue()));
  }
}
