package io.firstcome.api.participation;

import io.firstcome.api.participation.Results.Part;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.place.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
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
  private int count;
  private @Nullable Thread thread;

  ResultPoller(Results results) {
    this.results = results;
  }

  /** Somebody who waits; the result is empty if there is none to come. */
  record Waiter(Place place, CompletableFuture<Optional<Participation>> result) {}

  /**
   * Waits for the result of a place in the log. Whoever gives up calls {@link #leave}.
   *
   * @throws ProblemException {@code TOO_MANY_REQUESTS} if {@link #WAITING_MAX} are waiting
   */
  Waiter join(Place place) {
    var waiter = new Waiter(place, new CompletableFuture<>());
    lock.lock();
    try {
      if (count >= WAITING_MAX || stopping.getCount() == 0) {
        throw new ProblemException(
                ErrorCode.TOO_MANY_REQUESTS,
                "Too many are waiting for results here; ask again without waiting.")
            .retryAfter(Duration.ofSeconds(1));
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
    return waiter;
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

  private void run() {
    try {
      boolean failing = false;
      do {
        awaitSomebody();
        try {
          tick();
          failing = false;
        } catch (DataAccessException e) {
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
    var topics = topics();
    if (topics.isEmpty()) {
      // The last one has left meanwhile, or this is the end.
      return;
    }
    for (var entry : results.nextOffsets(topics).entrySet()) {
      var ready = ready(entry.getKey(), entry.getValue());
      for (int from = 0; from < ready.size(); from += ROWS_A_QUERY_MAX) {
        var some = ready.subList(from, Math.min(from + ROWS_A_QUERY_MAX, ready.size()));
        var found = results.read(entry.getKey(), some.stream().map(Waiter::place).toList());
        for (var waiter : some) {
          leave(waiter);
          waiter.result().complete(Optional.ofNullable(found.get(waiter.place())));
        }
      }
    }
  }

  private List<Integer> topics() {
    lock.lock();
    try {
      return waiting.keySet().stream().map(Part::topicId).distinct().toList();
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

  @Override
  public boolean isRunning() {
    var running = thread;
    return running != null && running.isAlive();
  }
}
