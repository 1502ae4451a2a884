package io.firstcome.batch.audit;

import io.firstcome.batch.run.RunResult;
import io.firstcome.replay.CampaignReplay;
import io.firstcome.replay.Difference;
import io.firstcome.replay.ReplayException;
import io.firstcome.replay.ReplayException.Reason;
import io.firstcome.replay.ReplayReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replays campaigns one after the other and remembers what they have shown. */
class Audits implements StepExecutionListener {
  private static final Logger LOG = LoggerFactory.getLogger(Audits.class);

  private final CampaignReplay replay;
  private final JdbcClient jdbc;

  Audits(CampaignReplay replay, JdbcClient jdbc) {
    this.replay = replay;
    this.jdbc = jdbc;
  }

  /** All of it: one call, because a campaign cannot be proven by halves. */
  RepeatStatus work(StepContribution contribution) {
    var step = contribution.getStepExecution();
    try {
      contribution.setExitStatus(audit(contribution, step).exitStatus());
    } catch (ReplayException e) {
      LOG.error("The audit could not be finished", e);
      contribution.setExitStatus(new ExitStatus(RunResult.SERVER_AWAY, e.getMessage()));
    }
    return RepeatStatus.FINISHED;
  }

  private Findings audit(StepContribution contribution, StepExecution step) {
    var findings = new Findings();
    for (var campaign : campaigns(step.getJobParameters().getString("campaign"))) {
      if (step.isTerminateOnly()) {
        break;
      }
      look(campaign, findings);
      contribution.incrementReadCount();
    }
    contribution.incrementWriteSkipCount(findings.differing());
    return findings;
  }

  private record Campaign(long id, String name) {}

  private List<Campaign> campaigns(@Nullable String name) {
    var sql = "SELECT id, name FROM campaign WHERE :name IS NULL OR name = :name ORDER BY id";
    return jdbc.sql(sql)
        .param("name", name)
        .query((row, _) -> new Campaign(row.getLong(1), row.getString(2)))
        .list();
  }

  private void look(Campaign campaign, Findings findings) {
    try {
      var report = replay.replay(campaign.id());
      report.differences().forEach(difference -> LOG.warn("{}", text(campaign, difference)));
      if (report.differenceCount() > ReplayReport.DIFFERENCES_MAX) {
        LOG.warn(
            "{}: {} more differences",
            campaign.name(),
            report.differenceCount() - ReplayReport.DIFFERENCES_MAX);
      }
      findings.add(report);
    } catch (ReplayException e) {
      // Deleted since the list was read: there is nothing to prove any more.
      if (e.reason() == Reason.CAMPAIGN_UNKNOWN) {
        return;
      }
      if (e.reason() != Reason.LOG_REPLACED) {
        throw e;
      }
      LOG.warn("{}: {}", campaign.name(), e.getMessage());
      findings.addUnprovable(campaign.name(), e.getMessage());
    }
  }

  private static String text(Campaign campaign, Difference difference) {
    var text = new StringBuilder(campaign.name()).append(": ").append(difference.kind().message());
    append(text, "partition", difference.partition());
    append(text, "offset", difference.offset());
    append(text, "row", difference.participationId());
    append(text, "user", difference.userId());
    append(text, "expected", difference.expected());
    append(text, "found", difference.found());
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(' ').append(name).append('=').append(value);
    }
  }

  @Override
  public @Nullable ExitStatus afterStep(StepExecution step) {
    if (!step.getExitStatus().getExitCode().equals(ExitStatus.COMPLETED.getExitCode())) {
      step.setStatus(BatchStatus.FAILED);
    }
    return step.getExitStatus();
  }
}
