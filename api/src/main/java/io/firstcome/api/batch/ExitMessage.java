package io.firstcome.api.batch;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a run's exit message is shown. */
final class ExitMessage {
  private static final String FAILED = "It failed; the log of the job says why.";

  // Unless a job says it better, Spring Batch keeps the stack trace, which may quote statements.
  private static final Pattern STACK_TRACE =
      Pattern.compile("^[\\w.$]+\\.[A-Z]\\w*(Exception|Error)\\b|\\n\\s+at [\\w.$/@]+\\(");

  private ExitMessage() {}

  /** Null if there is nothing to say. */
  static @Nullable String shown(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return null;
    }
    return STACK_TRACE.matcher(message).find() ? FAILED : message;
  }
}
