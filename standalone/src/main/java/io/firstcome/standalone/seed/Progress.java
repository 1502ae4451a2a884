package io.firstcome.standalone.seed;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows how far something is: on a terminal one line that is written again and again, elsewhere a
 * line every few seconds.
 */
final class Progress implements AutoCloseable {
  private static final int BAR_WIDTH = 30;
  private static final long TERMINAL_MS = 200;
  private static final long PLAIN_MS = 5_000;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean onTerminal;
  private final String unit;
  private final long total;
  private final long startedNanos = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("progress").unstarted(task));

  private Progress(PrintStream out, boolean onTerminal, String unit, long total) {
    this.out = out;
    this.onTerminal = onTerminal;
    this.unit = unit;
    this.total = total;
  }

  /**
   * Begins to show.
   *
   * @param unit what is counted, in the plural
   */
  static Progress start(PrintStream out, boolean onTerminal, String unit, long total) {
    var progress = new Progress(out, onTerminal, unit, total);
    long every = onTerminal ? TERMINAL_MS : PLAIN_MS;
    var _ = progress.clock.scheduleAtFixedRate(progress::show, every, every, TimeUnit.MILLISECONDS);
    return progress;
  }

  void add(long more) {
    done.addAndGet(more);
  }

  long done() {
    return done.get();
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private void show() {
    var line = line(unit, done(), total, took());
    if (onTerminal) {
      out.print("\r" + bar(done(), total) + " " + line + "\u001b[K");
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** Ends with the bar gone, so that the line can be used for something else. */
  @Override
  public void close() {
    clock.shutdown();
    try {
      // Else a last bar could come after what is said next.
      var _ = clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (onTerminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  static String bar(long done, long total) {
    int full = (int) (BAR_WIDTH * done / total);
    return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
  }

  static String line(String unit, long done, long total, Duration took) {
    double rate = rate(done, took);
    var text =
        String.format(Locale.ROOT, "%3d%%  %,d of %,d %s", 100 * done / total, done, total, unit);
    if (done == 0) {
      return text;
    }
    return text
        + String.format(
            Locale.ROOT,
            rate < 10 ? ", %.1f a second, %s left" : ", %,.0f a second, %s left",
            rate,
            time(Math.round((total - done) / rate)));
  }

  /** How many a second. */
  static double rate(long done, Duration took) {
    return done * 1e9 / Math.max(1, took.toNanos());
  }

  private static String time(long seconds) {
    return seconds < 60 ? seconds + " s" : "%d min %02d s".formatted(seconds / 60, seconds % 60);
  }
}
