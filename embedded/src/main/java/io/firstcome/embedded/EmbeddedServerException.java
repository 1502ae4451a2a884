package io.firstcome.embedded;

/** An embedded server did not start. The message says which one and what its last words were. */
public class EmbeddedServerException extends RuntimeException {
  public EmbeddedServerException(String message) {
    super(message);
  }

  public EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
