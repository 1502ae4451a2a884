package io.firstcome.core.error;

/** Who has to act when an error is counted. */
public enum ErrorOwner {
  /** The sender of the request: an answer of 4xx. */
  CLIENT,
  /** A system that we depend on: an answer of 503, safe to retry. */
  OUTSIDE,
  /** We: an answer of 500 and an alert. */
  OURS
}
