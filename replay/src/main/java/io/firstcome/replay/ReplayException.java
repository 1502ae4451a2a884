package io.firstcome.replay;

import org.jspecify.annotations.Nullable;

/** The replay could not be finished, which says nothing about the campaign's results. */
public final class ReplayException extends RuntimeException {
  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** There is no campaign with this id. */
    CAMPAIGN_UNKNOWN,
    /** Kafka does not answer, or has just removed what was being read; later may be better. */
    LOG_UNAVAILABLE,
    /** The topic is gone, or another one has its name now: there is nothing to compare with. */
    LOG_REPLACED,
    /** The database does not answer; later may be better. */
    DATABASE_UNAVAILABLE
  }

  ReplayException(Reason reason, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.reason = reason;
  }

  ReplayException(Reason reason, String sentence) {
    this(reason, sentence, null);
  }

  public Reason reason() {
    return reason;
  }

  /** A sentence for operators, without class names or secrets. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
