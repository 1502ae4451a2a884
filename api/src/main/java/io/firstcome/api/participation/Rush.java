package io.firstcome.api.participation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether things come thick and fast: as many as {@code count} within {@code time}. Any
 * number of threads may note what comes.
 */
final class Rush {
  private final AtomicLongArray latest;
  private final AtomicLong noted = new AtomicLong();
  private final long nanos;

  Rush(int count, Duration time) {
    latest = new AtomicLongArray(count);
    nanos = time.toNanos();
    for (int i = 0; i < count; i++) {
      latest.set(i, Long.MIN_VALUE);
    }
  }

  /**
   * Notes that one has come.
   *
   * @param now as {@link System#nanoTime()}
   * @return whether the one that came {@code count} before it was less than {@code time} ago
   */
  boolean note(long now) {
    int place = (int) (noted.getAndIncrement() % latest.length());
    long before = latest.getAndSet(place, now);
    return before != Long.MIN_VALUE && now - before < nanos;
  }
}
