package io.firstcome.standalone;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where the log goes. The two applications would each set it up their own way, and take it down
 * while the other one still runs, so both are told to leave it alone.
 */
final class LogFile {
  private LogFile() {}

  /** Has to be called before the first logger is used. */
  static void use(Path file) {
    System.setProperty("firstcome.log.file", file.toString());
    System.setProperty("logback.configurationFile", "firstcome-standalone-logback.xml");
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    // Tomcat logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
