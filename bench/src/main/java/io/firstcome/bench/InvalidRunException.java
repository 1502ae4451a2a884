package io.firstcome.bench;

/** A run whose winners, stock or order are wrong: its figures mean nothing. */
final class InvalidRunException extends RuntimeException {
  InvalidRunException(String message) {
    super(message);
  }
}
