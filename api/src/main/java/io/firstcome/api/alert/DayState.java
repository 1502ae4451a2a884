package io.firstcome.api.alert;

import java.util.List;

/**
 * What the database knows of the day of a run that was due.
 *
 * @param hadCampaigns whether there was any campaign when the run was due
 * @param completed whether any run for the day has completed
 * @param leftOut how many campaigns have decisions from before the run that nobody has aggregated
 * @param firstLeftOut the names of the first of them
 */
record DayState(boolean hadCampaigns, boolean completed, long leftOut, List<String> firstLeftOut) {

  /** Whether the run was missed: it did not happen, or it did not do what it should. */
  boolean isMissed() {
    return (hadCampaigns && !completed) || leftOut > 0;
  }

  /** The alert for people. */
  Alert alert(DueRun due, String link) {
    var call = "POST %s/api/admin/batch/aggregate?date=%s".formatted(link, due.date());
    var details =
        """
        Due at %s (UTC): %s
        Not aggregated: %s
        What to do: see why the run did not start or finish, then make it again: %s\
        """
            .formatted(
                due.at(),
                completed
                    ? "a run for this date has completed, but it left something out."
                    : "no run for this date has completed.",
                notAggregated(),
                call);
    return new Alert(
        "missed:" + due.date(),
        AlertKind.MISSED,
        "The daily statistics of %s are missing".formatted(due.date()),
        details,
        call);
  }

  private String notAggregated() {
    if (leftOut == 0) {
      return "no campaign has requests that wait for it.";
    }
    long more = leftOut - firstLeftOut.size();
    return "%d %s (%s%s)"
        .formatted(
            leftOut,
            leftOut == 1 ? "campaign" : "campaigns",
            String.join(", ", firstLeftOut),
            more > 0 ? " and %d more".formatted(more) : "");
  }
}
