package io.firstcome.api.participation;

import io.firstcome.api.participation.Door.Admitted;
import io.firstcome.api.participation.RequestLog.Appended;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.place.Place;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** The ways of a request through the api; each call runs on a virtual thread and may wait. */
@Component
final class Participations {
  private final Door door;
  private final RequestLog log;
  private final Results results;
  private final ResultPoller poller;
  private final SyncDecisions sync;

  Participations(
      Door door, RequestLog log, Results results, ResultPoller poller, SyncDecisions sync) {
    this.door = door;
    this.log = log;
    this.results = results;
    this.poller = poller;
    this.sync = sync;
  }

  /** What became of a request at the door. */
  sealed interface Taken {
    /** It is in the log, and this is its place in line. */
    record InLine(String requestId, Admitted admitted, Appended appended) implements Taken {}

    /** It has its result: its client waited for it, or it had been decided before. */
    record Decided(Participation result) implements Taken {}
  }

  /**
   * Takes a request into the log and, if its client wants to, waits for the result.
   *
   * @throws ProblemException why it was refused
   */
  Taken take(String campaign, HttpServletRequest http) {
    var admitted = door.admit(campaign, http);
    if (admitted.earlier() != null) {
      return new Taken.Decided(admitted.earlier());
    }
    var appended = RequestLog.await(log.append(admitted.campaign(), admitted.request()));
    return awaitResult(appended.place(), admitted.waitTime())
        .<Taken>map(Taken.Decided::new)
        .orElseGet(() -> new Taken.InLine(results.requestId(appended.place()), admitted, appended));
  }

  /** Decides a request now, without the log. */
  Participation decideNow(String campaign, HttpServletRequest http) {
    var admitted = door.admit(campaign, http);
    if (admitted.earlier() != null) {
      return admitted.earlier();
    }
    var place = sync.decide(admitted.campaign().id(), admitted.request());
    return results.read(place).orElseThrow(Participations::notFound);
  }

  /**
   * The result of a request, or PROCESSING if there is none after the time.
   *
   * @throws ProblemException {@code PARTICIPATION_NOT_FOUND}
   */
  Participation result(String requestId, WaitTime wait) {
    var place = place(requestId);
    // Those who wait are served together: a thousand who ask at once cost the database one look. A
    // decision without the log was made before anybody could ask for it.
    return awaitResult(place, place.isInLog() ? wait : WaitTime.NONE)
        .or(() -> results.read(place))
        .orElseThrow(Participations::notFound);
  }

  /**
   * The place that a request id stands for.
   *
   * @throws ProblemException {@code PARTICIPATION_NOT_FOUND} for an id that was never issued
   */
  Place place(String requestId) {
    return results.place(requestId).orElseThrow(Participations::notFound);
  }

  /** Empty if the time is over first. */
  private Optional<Participation> awaitResult(Place place, WaitTime wait) {
    if (wait.isNone()) {
      return Optional.empty();
    }
    var joined = poller.join(place);
    if (joined.isEmpty()) {
      return Optional.empty();
    }
    var waiter = joined.get();
    try {
      return Optional.of(
          waiter
              .result()
              .get(wait.duration().toMillis(), TimeUnit.MILLISECONDS)
              .orElseThrow(Participations::notFound));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a result failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      poller.leave(waiter);
    }
  }

  static ProblemException notFound() {
    return new ProblemException(
        ErrorCode.PARTICIPATION_NOT_FOUND, "No request with this id was ever taken here.");
  }
}
