package io.firstcome.api.warning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How far one partition was at each of the last looks, and what that says of it. */
final class LineHistory {
  /** As long as a consumer may take to start or to take a partition over. */
  static final Duration STANDSTILL = Duration.ofSeconds(20);

  static final Duration COMPARED = Duration.ofSeconds(15);

  /** A line that is shorter than what is decided in this time is no reason to worry. */
  static final Duration SHORT_WAIT = Duration.ofSeconds(10);

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Deque<Look> looks = new ArrayDeque<>();

  /**
   * What was seen at one moment.
   *
   * @param next offset of the first request that is not decided
   * @param end offset that the next request will get
   */
  record Look(Instant at, long next, long end) {
    long lag() {
      return Math.max(0, end - next);
    }
  }

  /** What is wrong with the line. */
  sealed interface Verdict {
    /** Requests wait since then, and not one of them has been decided. */
    record Standstill(Instant since, long lag) implements Verdict {}

    /**
     * The line has grown since then.
     *
     * @param waitSeconds that a request of now has before it at the present rate
     */
    record Growing(Instant since, long lag, long waitSeconds) implements Verdict {}
  }

  /** Adds what is seen now; looks come in the order of time. */
  void add(Look look) {
    looks.addLast(look);
    while (looks.getFirst().at().isBefore(look.at().minus(KEPT))) {
      looks.removeFirst();
    }
  }

  Optional<Verdict> verdict() {
    if (looks.isEmpty() || looks.getLast().lag() == 0) {
      return Optional.empty();
    }
    return standstill().or(this::growing);
  }

  private Optional<Verdict> standstill() {
    var last = looks.getLast();
    var since = last;
    var backwards = looks.descendingIterator();
    while (backwards.hasNext()) {
      var look = backwards.next();
      if (look.next() != last.next() || look.lag() == 0) {
        break;
      }
      since = look;
    }
    return since.at().isAfter(last.at().minus(STANDSTILL))
        ? Optional.empty()
        : Optional.of(new Verdict.Standstill(since.at(), last.lag()));
  }

  /** Longer than a while ago, when it was longer than a while before. */
  private Optional<Verdict> growing() {
    var last = looks.getLast();
    var before = lookAtOrBefore(last.at().minus(COMPARED));
    var first = lookAtOrBefore(last.at().minus(COMPARED.multipliedBy(2)));
    if (before.isEmpty() || first.isEmpty()) {
      return Optional.empty();
    }
    boolean grows = last.lag() > before.get().lag() && before.get().lag() > first.get().lag();
    double seconds = Duration.between(before.get().at(), last.at()).toMillis() / 1000.0;
    double rate = (last.next() - before.get().next()) / seconds;
    long wait = rate <= 0 ? Long.MAX_VALUE : (long) (last.lag() / rate);
    return grows && wait > SHORT_WAIT.toSeconds()
        ? Optional.of(new Verdict.Growing(first.get().at(), last.lag(), wait))
        : Optional.empty();
  }

  private Optional<Look> lookAtOrBefore(Instant at) {
    return looks.reversed().stream().filter(look -> !look.at().isAfter(at)).findFirst();
  }
}
