package io.firstcome.api.cluster;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for what others do, holding nothing: neither a connection nor a transaction. */
final class Patience {
  private final Duration pause;
  private final long deadline;

  private Patience(Duration limit, Duration pause) {
    this.pause = pause;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /**
   * Looks until something is found or the time is over.
   *
   * @param look one short look
   */
  static <T> Optional<T> await(Duration limit, Duration pause, Supplier<Optional<T>> look) {
    var patience = new Patience(limit, pause);
    while (true) {
      var found = look.get();
      if (found.isPresent() || !patience.goOn()) {
        return found;
      }
    }
  }

  private boolean goOn() {
    if (System.nanoTime() - deadline > 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          ErrorCode.SERVICE_UNAVAILABLE, "This api is being stopped; look again in a moment.", e);
    }
  }
}
