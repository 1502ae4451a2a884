package io.firstcome.core.log;

/** A record in the log that is not a request; the message says why and names no content. */
public final class UnreadableMessageException extends Exception {
  public UnreadableMessageException(String reason) {
    super(reason);
  }
}
