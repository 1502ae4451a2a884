package io.firstcome.batch.run;

/** The request makes no sense; the message tells a person what is wrong and what is right. */
public final class JobRefusedException extends RuntimeException {
  public JobRefusedException(String message) {
    super(message);
  }
}
