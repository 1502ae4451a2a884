package io.firstcome.api.participation;

import io.firstcome.api.participation.Results.Part;
import io.firstcome.core.place.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Serves everybody who waits for a result with one look at the database a tick, however many they
 * are: the progress of the partitions waited for, then the rows that have come. Nobody waiting, no
 * query.
 */
@Component
final class ResultPoller implements SmartLifecycle {
  /** More would only be memory for people who have left. */
  static final int WAITING_MAX = 20_000;

  private static final Logger log = LoggerFactory.getLogger(ResultPoller.class);
  private static final Duration TICK = Duration.ofMillis(15);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  private static final int ROWS_A_QUERY_MAX = 500;

  private final Results results;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somebodyJoined = lock.newCondition();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<Part, TreeMap<Long, List<Waiter>>> waiting = new HashMap<>();
  // Of the partitions that somebody waits for, as of the last look.
  private final Map<Part, Long> nextOffsets = new ConcurrentHashMap<>();
  private int count;
  private @Nullable Thread thread;

  ResultPoller(Results results) {
    this.results = results;
  }

  /** Somebody who waits; the result is empty if there is none to come. */
  record Waiter(Place place, CompletableFuture<Optional<Participation>> result) {}

  /**
   * Waits for the result of a place in the log. Whoever gives up calls {@link #leave}. Empty if
   * {@link #WAITING_MAX} are waiting or the process is stopping: the request has its place all the
   * same, and its client asks again.
   */
  Optional<Waiter> join(Place place) {
    var waiter = new Waiter(place, new CompletableFuture<>());
    lock.lock();
    try {
      if (count >= WAITING_MAX || stopping.getCount() == 0) {
        return Optional.empty();
      }
      waiting
          .computeIfAbsent(Part.of(place), part -> new TreeMap<>())
          .computeIfAbsent(place.offset(), offset -> new ArrayList<>(1))
          .add(waiter);
      count++;
      somebodyJoined.signal();
    } finally {
      lock.unlock();
    }
    return Optional.of(waiter);
  }

  void leave(Waiter waiter) {
    lock.lock();
    try {
      var part = Part.of(waiter.place());
      var byOffset = waiting.get(part);
      var here = byOffset == null ? null : byOffset.get(waiter.place().offset());
      if (byOffset != null && here != null && here.remove(waiter)) {
        count--;
        if (here.isEmpty()) {
          byOffset.remove(waiter.place().offset());
        }
        if (byOffset.isEmpty()) {
          waiting.remove(part);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Requests that stand before this place in its line and were not decided at the last look; empty
   * if nobody has looked yet.
   */
  OptionalLong ahead(Place place) {
    var next = nextOffsets.get(Part.of(place));
    return next == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, place.offset() - next));
  }

  private void run() {
    try {
      boolean failing = false;
      do {
        awaitSomebody();
        try {
          tick();
          failing = false;
        } catch (RuntimeException e) {
          // Of whatever kind: without this thread everybody here would wait in vain.
          if (!failing) {
            log.warn("Results cannot be read for now; those who wait go on waiting", e);
          }
          failing = true;
        }
      } while (!stopping.await(
          failing ? PAUSE_AFTER_FAILURE.toMillis() : TICK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitSomebody() throws InterruptedException {
    lock.lock();
    try {
      while (count == 0 && stopping.getCount() > 0) {
        somebodyJoined.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    var parts = parts();
    if (parts.isEmpty()) {
      nextOffsets.clear();
      return;
    }
    var progress = results.progress(parts.stream().map(Part::topicId).distinct().toList());
    // Campaigns that were deleted while somebody waited, or before: nothing will come.
    parts.stream()
        .filter(part -> !progress.topics().contains(part.topicId()))
        .forEach(part -> answer(ready(part, Long.MAX_VALUE), Map.of()));
    var next = progress.nextOffsets();
    nextOffsets.keySet().retainAll(next.keySet());
    nextOffsets.putAll(next);
    for (var entry : next.entrySet()) {
      var ready = ready(entry.getKey(), entry.getValue());
      for (int from = 0; from < ready.size(); from += ROWS_A_QUERY_MAX) {
        var some = ready.subList(from, Math.min(from + ROWS_A_QUERY_MAX, ready.size()));
        answer(some, results.read(entry.getKey(), some.stream().map(Waiter::place).toList()));
      }
    }
  }

  private void answer(List<Waiter> waiters, Map<Place, Participation> found) {
    for (var waiter : waiters) {
      leave(waiter);
      waiter.result().complete(Optional.ofNullable(found.get(waiter.place())));
    }
  }

  private Set<Part> parts() {
    lock.lock();
    try {
      return Set.copyOf(waiting.keySet());
    } finally {
      lock.unlock();
    }
  }

  private List<Waiter> ready(Part part, long nextOffset) {
    lock.lock();
    try {
      var byOffset = waiting.get(part);
      return byOffset == null
          ? List.of()
          : byOffset.headMap(nextOffset).values().stream()
              .flatMap(List::stream)
              .collect(Collectors.toList());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("result-poller").start(this::run);
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopping.countDown();
      somebodyJoined.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stopped after the web server has finished its requests: some of them wait here. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public boolean isRunning() {
    var running = thread;
    return running != null && running.isAlive();
  }
}
