package io.firstcome.replay;

import io.firstcome.core.rule.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code participation} as it stands, however wrong it may be.
 *
 * @param topicId null like the rest of the place for a decision that was made without the log
 * @param dedupKey bytes in the table, read as UTF-8
 * @param outcome text, because it is compared and not believed
 */
record Row(
    long id,
    @Nullable Integer topicId,
    @Nullable Integer part,
    @Nullable Long offset,
    String userId,
    @Nullable String idempotencyKey,
    @Nullable String dedupKey,
    String outcome,
    @Nullable Long rank,
    boolean repeat,
    Instant loggedAt) {

  boolean isWithoutLog() {
    return topicId == null && part == null && offset == null;
  }

  /** What the row says was asked; null if nobody can have asked that. */
  @Nullable Request request() {
    try {
      return new Request(userId, idempotencyKey);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
