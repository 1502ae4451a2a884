package io.firstcome.standalone;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C and SIGTERM do: an orderly stop that takes ten seconds at most; the second one ends
 * the process at once.
 */
final class StopSignals {
  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
  private static final long STOP_MAX_S = 9;
  private static final int ENDED_BY_FORCE = 130;

  private StopSignals() {}

  static void stopOn(Product product, Path pidFile) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(product, pidFile), "orderly-stop"));
  }

  private static void stop(Product product, Path pidFile) {
    endAtOnceOn("INT", product);
    endAtOnceOn("TERM", product);
    Thread.ofPlatform().daemon().name("stop-deadline").start(() -> endAfterDeadline(product));
    product.stop();
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      log.warn("{} cannot be deleted", pidFile, e);
    }
  }

  private static void endAfterDeadline(Product product) {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STOP_MAX_S));
    log.warn("The orderly stop took longer than {} s, ending at once", STOP_MAX_S);
    endAtOnce(product);
  }

  /**
   * Java can only hear a signal while it is stopping through {@code sun.misc.Signal}, which the
   * compiler warns of whatever one does: hence by name. Where it is missing, a second signal does
   * nothing.
   */
  private static void endAtOnceOn(String name, Product product) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var ending =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                endAtOnce(product);
                return null;
              });
      var handled = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, handled, ending);
    } catch (ReflectiveOperationException e) {
      log.warn("A second signal {} will not be heard", name, e);
    }
  }

  private static void endAtOnce(Product product) {
    product.killChildren();
    Runtime.getRuntime().halt(ENDED_BY_FORCE);
  }
}
