package io.firstcome.standalone;

/**
 * The product cannot be started like this, and the user can change that. The message is one line
 * that says what is wrong; a stack trace would say nothing more.
 */
final class RefusedException extends RuntimeException {
  RefusedException(String message) {
    super(message, null, false, false);
  }
}
