package io.firstcome.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class RememberingPasswordEncoderTest {
  private static final class CountingEncoder implements PasswordEncoder {
    int checks;

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
      return password == null ? null : "hash of " + password;
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
      checks++;
      return ("hash of " + password).equals(hash);
    }
  }

  private final CountingEncoder slow = new CountingEncoder();
  private final RememberingPasswordEncoder encoder = new RememberingPasswordEncoder(slow);

  @Test
  void checksARightPasswordOnce() {
    for (int i = 0; i < 5; i++) {
      assertThat(encoder.matches("a", "hash of a")).isTrue();
    }
    assertThat(slow.checks).isEqualTo(1);
  }

  @Test
  void checksAWrongPasswordEachTime() {
    assertThat(encoder.matches("a", "hash of a")).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(encoder.matches("b", "hash of a")).isFalse();
      assertThat(encoder.matches("a", "hash of b")).isFalse();
    }
    assertThat(slow.checks).isEqualTo(11);
  }
}
