package io.firstcome.operator.verdict;

/** The parts of a campaign, in the order in which they hold up the others. */
public enum Part {
  TOPIC("TopicReady"),
  REGISTRATION("Registered"),
  CONSUMERS("ConsumersReady"),
  BATCH("BatchScheduled");

  private final String condition;

  Part(String condition) {
    this.condition = condition;
  }

  /** The type of the part's condition. */
  public String condition() {
    return condition;
  }
}
