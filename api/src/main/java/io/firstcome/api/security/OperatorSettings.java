package io.firstcome.api.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The operator of a cluster, who keeps campaigns registered.
 *
 * @param token what it sends as a bearer token, at least 16 visible characters, and a secret;
 *     without one nobody reaches the internal interface
 */
@ConfigurationProperties("firstcome.operator")
record OperatorSettings(@Nullable String token) {
  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,}");

  OperatorSettings {
    if (token != null && token.isBlank()) {
      token = null;
    }
    if (token != null && !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "firstcome.operator.token must have at least 16 visible ASCII characters, no blanks");
    }
  }

  @Override
  public String toString() {
    return "OperatorSettings[]";
  }
}
