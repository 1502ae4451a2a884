package io.firstcome.api.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The administrator who signs in with HTTP Basic.
 *
 * @param name the user name
 * @param passwordHash the stored form of the password, {bcrypt} and a bcrypt hash; without one
 *     nobody signs in with a password
 */
@ConfigurationProperties("firstcome.admin")
record AdminSettings(@DefaultValue("admin") String name, @Nullable String passwordHash) {
  /** No other form: <code>{noop}</code> would be the password itself in a settings file. */
  private static final Pattern HASH =
      Pattern.compile("\\{bcrypt}\\$2[aby]?\\$\\d\\d\\$[./A-Za-z0-9]{53}");

  AdminSettings {
    if (name.isBlank() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "firstcome.admin.name must not be blank and, as HTTP Basic has it, contain no colon");
    }
    if (passwordHash != null && passwordHash.isBlank()) {
      passwordHash = null;
    }
    if (passwordHash != null && !HASH.matcher(passwordHash).matches()) {
      throw new IllegalArgumentException(
          "firstcome.admin.password-hash must be {bcrypt} followed by a bcrypt hash");
    }
  }

  @Override
  public String toString() {
    return "AdminSettings[name=" + name + "]";
  }
}
