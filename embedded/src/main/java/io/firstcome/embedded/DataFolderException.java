package io.firstcome.embedded;

import org.jspecify.annotations.Nullable;

/** A data folder cannot be used. The message is one line that tells a user why. */
public final class DataFolderException extends RuntimeException {
  private final boolean inUse;

  private DataFolderException(String message, @Nullable Throwable cause, boolean inUse) {
    super(message, cause);
    this.inUse = inUse;
  }

  static DataFolderException inUse(String message) {
    return new DataFolderException(message, null, true);
  }

  static DataFolderException unusable(String message, @Nullable Throwable cause) {
    return new DataFolderException(message, cause, false);
  }

  /** Whether another process, or another user of this one, holds the folder. */
  public boolean isInUse() {
    return inUse;
  }
}
