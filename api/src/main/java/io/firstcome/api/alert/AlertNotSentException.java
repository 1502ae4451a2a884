package io.firstcome.api.alert;

/** A channel did not take a message. The reason is shown to operators: it holds no secret. */
public class AlertNotSentException extends Exception {
  public AlertNotSentException(String reason) {
    super(reason);
  }
}
