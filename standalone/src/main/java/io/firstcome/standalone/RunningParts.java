package io.firstcome.standalone;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started so far, so that it can be stopped at any moment and in one order. */
final class RunningParts {
  private static final Logger log = LoggerFactory.getLogger(RunningParts.class);

  private final Map<Part, AutoCloseable> running = new EnumMap<>(Part.class);
  private boolean stopping;

  /**
   * Takes over something that was just started.
   *
   * @throws RefusedException if all is being stopped already; then this is stopped, too
   */
  <T extends AutoCloseable> T add(Part part, T started) {
    synchronized (this) {
      if (!stopping) {
        running.put(part, started);
        return started;
      }
    }
    stop(part, started);
    throw new RefusedException("Stopped while starting.");
  }

  /** Stops everything, in the order of {@link Part}. */
  void stop() {
    Map<Part, AutoCloseable> parts;
    synchronized (this) {
      stopping = true;
      parts = new EnumMap<>(running);
      running.clear();
    }
    parts.forEach(RunningParts::stop);
  }

  private static void stop(Part part, AutoCloseable running) {
    try {
      running.close();
    } catch (Exception e) {
      // The others have to be stopped all the same.
      log.warn("{} did not stop cleanly", part, e);
    }
  }
}
