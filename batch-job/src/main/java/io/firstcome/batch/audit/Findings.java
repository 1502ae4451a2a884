package io.firstcome.batch.audit;

import io.firstcome.replay.ReplayReport;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.ExitStatus;

/** What the campaigns that were looked at have shown. */
final class Findings {
  private static final int NAMES_IN_MESSAGE_MAX = 5;

  private final List<String> differing = new ArrayList<>();
  private int campaigns;
  private long replayed;
  private long notInLog;

  void add(ReplayReport report) {
    campaigns++;
    replayed += report.replayed();
    notInLog += report.notInLog();
    if (!report.agree()) {
      differing.add(
          "%s (%d, first: %s)"
              .formatted(
                  report.campaignName(),
                  report.differenceCount(),
                  report.differences().getFirst().kind().message()));
    }
  }

  void addUnprovable(String campaign, String reason) {
    campaigns++;
    differing.add("%s (%s)".formatted(campaign, reason));
  }

  ExitStatus exitStatus() {
    var code = agree() ? ExitStatus.COMPLETED : ExitStatus.FAILED;
    return new ExitStatus(code.getExitCode(), summary());
  }

  private boolean agree() {
    return differing.isEmpty();
  }

  /** Campaigns that differ from their logs. */
  int differing() {
    return differing.size();
  }

  /** For a person. */
  private String summary() {
    var looked =
        "%d campaigns looked at, %d requests decided once more, %d of them not in the log"
            .formatted(campaigns, replayed, notInLog);
    if (agree()) {
      return "log and tables agree; " + looked;
    }
    int more = differing.size() - NAMES_IN_MESSAGE_MAX;
    return "%d campaigns differ: %s%s; %s"
        .formatted(
            differing.size(),
            String.join(", ", differing.stream().limit(NAMES_IN_MESSAGE_MAX).toList()),
            more > 0 ? " and %d more".formatted(more) : "",
            looked);
  }
}
