package io.firstcome.standalone;

import io.firstcome.embedded.FreePorts;

/** The ports that users see. */
record Ports(int pages, int management) {
  private static final int MANAGEMENT_DEFAULT = 9090;

  /** Refuses a port that somebody listens on, before anything is started for nothing. */
  static Ports of(Options options) {
    requireFree("--port", options.port());
    return new Ports(options.port(), management(options));
  }

  private static int management(Options options) {
    int chosen = options.managementPort();
    if (chosen == 0) {
      boolean useDefault =
          options.port() != MANAGEMENT_DEFAULT && FreePorts.isFree(MANAGEMENT_DEFAULT);
      return useDefault ? MANAGEMENT_DEFAULT : FreePorts.next();
    }
    if (chosen == options.port()) {
      throw new RefusedException("--port and --management-port must differ.");
    }
    requireFree("--management-port", chosen);
    return chosen;
  }

  private static void requireFree(String option, int port) {
    if (!FreePorts.isFree(port)) {
      throw new RefusedException(
          "Port %d is taken or not allowed; choose another one with %s.".formatted(port, option));
    }
  }
}
