package io.firstcome.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for five minutes which passwords matched. HTTP Basic sends the password with every
 * request, and a page that refreshes each second would otherwise spend a slow hash each second.
 * Kept are keyed digests under a key that dies with the process, never a password; a wrong one is
 * never remembered, so guessing stays slow.
 */
final class RememberingPasswordEncoder implements PasswordEncoder {
  private static final String MAC = "HmacSHA256";

  private final PasswordEncoder slow;
  private final Semaphore oneAtATime = new Semaphore(1, true);
  private final SecretKeySpec key = new SecretKeySpec(randomBytes(), MAC);
  private final Cache<String, Boolean> matched =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofMinutes(5)).build();

  RememberingPasswordEncoder(PasswordEncoder slow) {
    this.slow = slow;
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    return slow.encode(password);
  }

  @Override
  public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
    String digest = digest(password + "\0" + hash);
    if (matched.getIfPresent(digest) != null) {
      return true;
    }
    boolean matches;
    // Whoever guesses passwords gets one core at most, and the sale goes on with the others.
    oneAtATime.acquireUninterruptibly();
    try {
      matches = slow.matches(password, hash);
    } finally {
      oneAtATime.release();
    }
    if (matches) {
      matched.put(digest, true);
    }
    return matches;
  }

  private String digest(String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + MAC, e);
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
