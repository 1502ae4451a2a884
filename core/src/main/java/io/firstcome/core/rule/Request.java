package io.firstcome.core.rule;

import org.jspecify.annotations.Nullable;

/**
 * One request to take part, as it stands in the log. Construction fails with {@link
 * IllegalArgumentException} for what the limits refuse, so that a request that exists is valid.
 *
 * @param userId 1 to 64 characters (code points), not blank, no control characters
 * @param idempotencyKey 1 to 64 printable ASCII characters chosen by the client, or null
 */
public record Request(String userId, @Nullable String idempotencyKey) {
  public static final int USER_ID_LENGTH_MAX = 64;
  public static final int IDEMPOTENCY_KEY_LENGTH_MAX = 64;

  public Request {
    if (userId.isBlank() || userId.codePointCount(0, userId.length()) > USER_ID_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "userId must have 1 to " + USER_ID_LENGTH_MAX + " characters and not be blank");
    }
    if (!userId.codePoints().allMatch(Request::isAllowedInUserId)) {
      throw new IllegalArgumentException(
          "userId must not contain control characters or broken surrogates");
    }
    if (idempotencyKey != null && !isKey(idempotencyKey)) {
      throw new IllegalArgumentException(
          "Idempotency-Key must have 1 to "
              + IDEMPOTENCY_KEY_LENGTH_MAX
              + " printable ASCII characters");
    }
  }

  private static boolean isAllowedInUserId(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE
        && codePoint != 0x2028
        && codePoint != 0x2029;
  }

  private static boolean isKey(String text) {
    return !text.isEmpty()
        && text.length() <= IDEMPOTENCY_KEY_LENGTH_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /**
   * What at most one counted decision of a campaign may carry: the user, or for repeatable
   * campaigns the user with the key; null if the request can never collide. The line feed cannot
   * occur in either part.
   */
  public @Nullable String dedupKey(boolean repeatable) {
    if (!repeatable) {
      return userId;
    }
    return idempotencyKey == null ? null : userId + '\n' + idempotencyKey;
  }
}
