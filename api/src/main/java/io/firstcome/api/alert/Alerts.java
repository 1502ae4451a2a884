package io.firstcome.api.alert;

import io.firstcome.api.alert.AlertRows.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises alerts and brings them to people: each once through each channel, and once more only where
 * nobody knows whether the first message arrived.
 *
 * <p>A channel gets one message for all that waits, and only so many in an hour, whatever happens.
 * A message that failed counts too: a receiver that answers too late has got it.
 */
final class Alerts {
  private static final Logger log = LoggerFactory.getLogger(Alerts.class);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(30);
  private static final int DOUBLINGS_MAX = 20;

  private final AlertRows rows;
  private final List<AlertChannel> channels;
  private final AlertSettings settings;
  private final MeterRegistry meters;

  Alerts(
      AlertRows rows, List<AlertChannel> channels, AlertSettings settings, MeterRegistry meters) {
    this.rows = rows;
    this.channels = channels;
    this.settings = settings;
    this.meters = meters;
    // From the start, so that a rule on them sees the first one as a change.
    for (var kind : AlertKind.values()) {
      meters.counter("firstcome.alerts.raised", "kind", kind.name());
    }
    channels.forEach(
        channel -> meters.counter("firstcome.alerts.failed", "channel", channel.name()));
  }

  /** Raises an alert, unless there is one for the same problem. */
  void raise(Alert alert) {
    if (rows.add(alert, channels.stream().map(AlertChannel::name).toList())) {
      meters.counter("firstcome.alerts.raised", "kind", alert.kind().name()).increment();
    }
  }

  /** Sends what waits and may go out now. */
  void deliver() throws InterruptedException {
    for (var channel : channels) {
      var waiting = rows.waiting(channel.name());
      if (waiting.due() && rows.beginAttempt(channel.name(), settings.perHour())) {
        deliver(channel, waiting);
      }
    }
  }

  private void deliver(AlertChannel channel, Waiting waiting) throws InterruptedException {
    var oldest = rows.oldest(channel.name(), AlertMessage.LISTED_MAX);
    var everyRun = settings.base() + "/api/admin/batch/history";
    var error = send(channel, AlertMessage.of(oldest, waiting.count(), everyRun));
    if (error == null) {
      rows.sent(channel.name(), waiting);
    } else {
      failed(channel.name(), waiting, oldest, error);
    }
  }

  /** Returns why the message was not sent, null if it was. */
  private static @Nullable String send(AlertChannel channel, AlertMessage message)
      throws InterruptedException {
    try {
      channel.send(message);
      return null;
    } catch (AlertNotSentException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      // A fault of the channel, which must not keep the others from sending.
      return "fault: " + e.getClass().getSimpleName();
    }
  }

  private void failed(String channel, Waiting waiting, List<Alert> oldest, String reason) {
    meters.counter("firstcome.alerts.failed", "channel", channel).increment();
    var pause = pause(settings.every(), waiting.attempts());
    rows.failed(channel, waiting, reason, pause);
    log.warn(
        "Alerts do not get out through {}: {}; {} wait, tried again in {}",
        channel,
        reason,
        waiting.count(),
        pause);
    int givenUp = rows.giveUp(channel);
    if (givenUp > 0) {
      log.error(
          "Alerts that did not get out through {} for a day are given up: {}; the oldest: {}",
          channel,
          givenUp,
          oldest.stream().limit(givenUp).map(Alert::title).collect(Collectors.joining("; ")));
    }
  }

  /** Twice as long after each failure, up to half an hour. */
  static Duration pause(Duration first, int failuresBefore) {
    var doubled = first.multipliedBy(1L << Math.min(failuresBefore, DOUBLINGS_MAX));
    var longest = first.compareTo(PAUSE_MAX) > 0 ? first : PAUSE_MAX;
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }
}
