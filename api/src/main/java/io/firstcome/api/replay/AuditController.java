package io.firstcome.api.replay;

import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.replay.CampaignReplay;
import io.firstcome.replay.ReplayException;
import io.firstcome.replay.ReplayReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Proves a campaign's results from its log. */
@RestController
@Tag(name = "Audit")
final class AuditController {
  private static final Duration BUSY_RETRY = Duration.ofSeconds(5);
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);

  private final CampaignDirectory campaigns;
  private final CampaignReplay replay;
  // A replay reads a whole log and remembers its users: this process has room for one.
  private final Semaphore free = new Semaphore(1);

  AuditController(CampaignDirectory campaigns, CampaignReplay replay) {
    this.campaigns = campaigns;
    this.replay = replay;
  }

  @GetMapping("/api/admin/campaigns/{campaign}/audit")
  @Operation(
      summary = "Replay the log of a campaign and compare with the database",
      description =
          "Decides every request once more with the same rule and lists what the tables say"
              + " otherwise. Takes seconds for a million requests, one audit at a time.")
  CampaignAudit audit(@PathVariable String campaign) {
    long id = campaigns.get(campaign).id();
    if (!free.tryAcquire()) {
      throw new ProblemException(
              ErrorCode.TOO_MANY_REQUESTS, "Another audit is at work here; ask when it has ended.")
          .retryAfter(BUSY_RETRY);
    }
    try {
      long started = System.nanoTime();
      var report = replay(id);
      return CampaignAudit.of(report, (System.nanoTime() - started) / 1_000_000);
    } finally {
      free.release();
    }
  }

  private ReplayReport replay(long id) {
    try {
      return replay.replay(id);
    } catch (ReplayException e) {
      throw switch (e.reason()) {
        case CAMPAIGN_UNKNOWN -> CampaignDirectory.notFound();
        case LOG_UNAVAILABLE ->
            new ProblemException(ErrorCode.LOG_UNAVAILABLE, e.getMessage(), e)
                .retryAfter(BUSY_RETRY);
        // Asking again will not bring the log back.
        case LOG_REPLACED -> new ProblemException(ErrorCode.LOG_UNAVAILABLE, e.getMessage(), e);
        case DATABASE_UNAVAILABLE ->
            new ProblemException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The database does not answer; try again in a moment.",
                    e)
                .retryAfter(DATABASE_RETRY);
      };
    }
  }
}
