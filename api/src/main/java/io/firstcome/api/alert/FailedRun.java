package io.firstcome.api.alert;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last execution of a job that has not completed, as Spring Batch recorded it.
 *
 * @param id of the execution
 * @param date the business day that it was for, if it has one
 * @param campaign the one that it was for, null for all
 */
record FailedRun(
    long id,
    String job,
    @Nullable String date,
    @Nullable String campaign,
    String status,
    @Nullable String exitMessage) {
  /** What the line of the details begins with that has the link. */
  static final String LINK = "See: ";

  private static final Set<String> AT_WORK = Set.of("STARTING", "STARTED", "STOPPING");
  private static final int NAME_CHARACTERS_MAX = 60;
  private static final int EXIT_MESSAGE_CHARACTERS_MAX = 300;

  /** Whether it is at work, if its process still is. */
  boolean saysAtWork() {
    return AT_WORK.contains(status);
  }

  /** The alert for people; a run that says that it is at work is one whose process is gone. */
  Alert alert(String base) {
    var link = base + "/api/admin/batch/status/" + id;
    var title = new StringBuilder(name(job));
    var details = new StringBuilder("Job: %s\n".formatted(name(job)));
    if (date != null) {
      title.append(" of ").append(name(date));
      details.append("Date: %s\n".formatted(name(date)));
    }
    if (campaign != null) {
      title.append(", campaign ").append(name(campaign));
      details.append("Campaign: %s\n".formatted(name(campaign)));
    }
    var state = saysAtWork() ? status + ", but its process is gone" : status;
    details.append("Status: %s\n".formatted(state));
    if (exitMessage != null && !exitMessage.isBlank()) {
      details.append(
          "Exit message: %s\n"
              .formatted(OneLine.of(firstLine(exitMessage), EXIT_MESSAGE_CHARACTERS_MAX)));
    }
    return new Alert(
        "failed:" + id,
        AlertKind.FAILED,
        title.append(": ").append(state).toString(),
        details.append(LINK).append(link).toString(),
        link);
  }

  /** The rest of it is a stack trace. */
  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  private static String name(String text) {
    return OneLine.of(text, NAME_CHARACTERS_MAX);
  }
}
