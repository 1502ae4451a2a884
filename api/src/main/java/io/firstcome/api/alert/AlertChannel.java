package io.firstcome.api.alert;

/** A way to reach people. */
public interface AlertChannel {

  /** Never changes, for what has been sent is kept under it: at most 40 ASCII characters. */
  String name();

  /**
   * Sends the message within seconds. A message that failed is sent again, so people may get it
   * twice.
   *
   * @throws AlertNotSentException if it was not taken, or if nobody knows
   */
  void send(AlertMessage message) throws AlertNotSentException, InterruptedException;
}
