package io.firstcome.api.alert;

import io.firstcome.core.lock.DatabaseLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks again and again for problems that people must hear of. One process looks at a time. */
final class AlertWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AlertWatch.class);
  private static final String LOCK = "alerts";

  /** A message that is being sent is sent again by the next process unless it can be noted. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(6);

  private final DataSource database;
  private final FailedRuns failedRuns;
  private final MissedRuns missedRuns;
  private final Alerts alerts;
  private final AlertSettings settings;
  private @Nullable ScheduledExecutorService thread;
  private boolean failing;

  AlertWatch(
      DataSource database,
      FailedRuns failedRuns,
      MissedRuns missedRuns,
      Alerts alerts,
      AlertSettings settings) {
    this.database = database;
    this.failedRuns = failedRuns;
    this.missedRuns = missedRuns;
    this.alerts = alerts;
    this.settings = settings;
  }

  /** Looks once, unless another process is looking. */
  void look() throws SQLException, InterruptedException {
    try (var lock = DatabaseLock.take(database, LOCK, Duration.ZERO).orElse(null)) {
      if (lock != null) {
        for (var run : failedRuns.find()) {
          alerts.raise(run.alert(settings.base()));
        }
        missedRuns.find().ifPresent(alerts::raise);
        alerts.deliver();
      }
    }
  }

  private void lookAgain() {
    try {
      look();
      failing = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      // Of whatever kind: an exception would end the watch for good.
      if (!failing) {
        log.warn("Nobody looks after the batch runs for now; tried again until it works", e);
      }
      failing = true;
    }
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alert-watch").factory());
    long pause = settings.every().toMillis();
    var _ = started.scheduleWithFixedDelay(this::lookAgain, 0, pause, TimeUnit.MILLISECONDS);
    thread = started;
  }

  @Override
  public void stop() {
    var running = thread;
    if (running == null) {
      return;
    }
    running.shutdown();
    try {
      if (!running.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        running.shutdownNow();
      }
    } catch (InterruptedException e) {
      running.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    var running = thread;
    return running != null && !running.isTerminated();
  }
}
