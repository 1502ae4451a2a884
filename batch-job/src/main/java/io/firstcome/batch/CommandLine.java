package io.firstcome.batch;

import io.firstcome.batch.run.JobRefusedException;
import io.firstcome.batch.run.JobRequest;
import io.firstcome.batch.run.JobRunningException;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.batch.run.RunResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** Runs one job and tells a person what came of it. The exit codes are those of the help text. */
final class CommandLine {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLine.class);

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;
  static final int SERVER_AWAY = 3;

  /** How long to wait for another process that is at work on the same job. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final PrintStream out;

  CommandLine(PrintStream out) {
    this.out = out;
  }

  /**
   * Does what the arguments say.
   *
   * @return the exit code
   */
  int run(String... args) {
    try {
      var arguments = Arguments.parse(args);
      var request = arguments.request();
      if (request == null) {
        out.print(help());
        return DONE;
      }
      return run(request, arguments.settings().toArray(String[]::new));
    } catch (JobRefusedException e) {
      return end(REFUSED, "Refused: " + e.getMessage());
    }
  }

  private static String help() {
    try (var text = CommandLine.class.getResourceAsStream("/firstcome-batch-help.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(JobRequest request, String[] settings) {
    ConfigurableApplicationContext context;
    try {
      context = BatchApplication.builder().run(settings);
    } catch (RuntimeException e) {
      // Spring has said in the log what is wrong.
      return end(REFUSED, "Refused: the settings are wrong, the log above says which");
    }
    RunResult result;
    try (context) {
      result = context.getBean(JobRuns.class).run(request, PATIENCE);
    } catch (JobRunningException e) {
      return end(FAILED, "Not done: " + e.getMessage() + " and did not end in an hour");
    } catch (JobRefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      return failed(e);
    }
    // After the context has closed, so that these are the last lines.
    return end(code(result), text(request, result));
  }

  private static int code(RunResult result) {
    if (result.isCompleted()) {
      return DONE;
    }
    return result.serverAway() ? SERVER_AWAY : FAILED;
  }

  private int failed(RuntimeException e) {
    var cause = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
    if (isDatabaseAway(e)) {
      return end(SERVER_AWAY, "Not done: the database cannot be reached: " + cause);
    }
    if (hasSqlState(e, "42S02")) {
      return end(
          SERVER_AWAY,
          "Not done: the database is not ready, the api makes its tables when it starts: " + cause);
    }
    LOG.error("The run failed", e);
    return end(FAILED, "Failed: the log above says why");
  }

  private static String text(JobRequest request, RunResult result) {
    return String.format(
        Locale.ROOT,
        "%s%s: %s in %.1f s, execution %d%s%n%s",
        request.job(),
        result.date() == null ? "" : " for " + result.date(),
        result.status(),
        result.duration().toMillis() / 1000.0,
        result.executionId(),
        result.byAnother() ? ", by another start meanwhile" : "",
        result.message());
  }

  private int end(int code, String text) {
    out.println(text);
    out.flush();
    return code;
  }

  static boolean isDatabaseAway(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof SQLNonTransientConnectionException
          || cause instanceof SQLRecoverableException) {
        return true;
      }
    }
    return hasSqlState(e, "08");
  }

  private static boolean hasSqlState(Throwable e, String start) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith(start)) {
        return true;
      }
    }
    return false;
  }
}
