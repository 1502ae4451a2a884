package io.firstcome.standalone;

/**
 * What the user asked for cannot be done like this, and the user can change that. The message is
 * one line that says what is wrong; a stack trace would say nothing more.
 */
public final class RefusedException extends RuntimeException {
  public RefusedException(String message) {
    super(message, null, false, false);
  }
}
