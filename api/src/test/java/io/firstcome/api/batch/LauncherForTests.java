package io.firstcome.api.batch;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** Remembers what it was asked to start, and says that a run is at work when it is told to. */
@Component
@ConditionalOnBooleanProperty("tests.batch-launcher")
class LauncherForTests implements BatchLauncher {
  final List<LocalDate> started = new CopyOnWriteArrayList<>();
  volatile @Nullable Long atWork;

  @Override
  public LaunchedRun aggregate(LocalDate date) {
    var running = atWork;
    if (running != null) {
      throw new BatchRunningException(running);
    }
    started.add(date);
    return new LaunchedRun(100 + started.size(), "STARTED");
  }
}
