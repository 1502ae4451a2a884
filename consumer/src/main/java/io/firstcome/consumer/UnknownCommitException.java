package io.firstcome.consumer;

import java.sql.SQLException;

/** The connection broke during COMMIT: the batch is either decided whole or not at all. */
final class UnknownCommitException extends SQLException {
  private final long start;
  private final long end;

  UnknownCommitException(long start, long end, SQLException cause) {
    super("the outcome of committing offsets %d to %d is unknown".formatted(start, end), cause);
    this.start = start;
    this.end = end;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }
}
