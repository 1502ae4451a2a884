package io.firstcome.api.replay;

import io.firstcome.replay.Difference;
import io.firstcome.replay.ReplayReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replay has shown, as clients see it. */
record CampaignAudit(
    long campaignId,
    String campaignName,
    @Schema(description = "Requests that were decided once more") long replayed,
    @Schema(description = "How many of them the log does not have (any more)") long notInLog,
    boolean agree,
    @Schema(description = "All differences; the first 1,000 are listed") long differenceCount,
    List<Shown> differences,
    long queryTimeMs) {

  static CampaignAudit of(ReplayReport report, long queryTimeMs) {
    return new CampaignAudit(
        report.campaignId(),
        report.campaignName(),
        report.replayed(),
        report.notInLog(),
        report.agree(),
        report.differenceCount(),
        report.differences().stream().map(Shown::of).toList(),
        queryTimeMs);
  }

  /** One difference with its sentence. */
  @Schema(name = "AuditDifference")
  record Shown(
      Difference.Kind kind,
      String message,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable Long participationId,
      @Nullable String userId,
      @Nullable @Schema(description = "What the log and the rule say") String expected,
      @Nullable @Schema(description = "What the tables say") String found) {

    static Shown of(Difference difference) {
      return new Shown(
          difference.kind(),
          difference.kind().message(),
          difference.partition(),
          difference.offset(),
          difference.participationId(),
          difference.userId(),
          difference.expected(),
          difference.found());
    }
  }
}
