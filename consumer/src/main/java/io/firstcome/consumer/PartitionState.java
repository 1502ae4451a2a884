package io.firstcome.consumer;

import org.jspecify.annotations.Nullable;

/** What a reader knows of a partition that Kafka has assigned to it. */
sealed interface PartitionState {

  /** Ours in the database too: its records are decided as they come. */
  record Owned(Ownership ownership) implements PartitionState {}

  /**
   * Not read until it has been claimed (again).
   *
   * @param dueNanos when to try, on the clock of {@link System#nanoTime}
   * @param attempt how many tries have failed in a row
   * @param halted why a person must look, or null; it is tried all the same, in case one has
   * @param unknown the commit whose outcome the claim will show, or null
   */
  record Waiting(
      long dueNanos, int attempt, @Nullable String halted, @Nullable UnknownCommitException unknown)
      implements PartitionState {

    /** To be claimed now, for the first time. */
    static Waiting fresh() {
      return new Waiting(System.nanoTime(), 0, null, null);
    }

    boolean isDue() {
      return System.nanoTime() - dueNanos >= 0;
    }
  }
}
