package io.firstcome.bench.baseline;

/** What goes over the wire, shared by all baselines. */
final class Answers {
  private Answers() {}

  record Asked(String userId) {}

  record Taken(String requestId, String status) {
    static Taken processing(String requestId) {
      return new Taken(requestId, "PROCESSING");
    }
  }

  static String outcome(boolean won) {
    return won ? "SUCCESS" : "OUT_OF_STOCK";
  }
}
