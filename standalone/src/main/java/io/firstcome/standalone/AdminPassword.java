package io.firstcome.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The password of the account {@code admin}.
 *
 * @param file where it lies, or null if the user chose it
 */
public record AdminPassword(String text, @Nullable Path file) {
  public static final String ACCOUNT = Secrets.ADMIN;

  /**
   * What this terminal knows of the password of the product that runs on this folder.
   *
   * @throws RefusedException if that is nothing
   */
  public static AdminPassword known(Path data, Map<String, String> environment) throws IOException {
    var chosen = environment.getOrDefault(Secrets.PASSWORD_VARIABLE, "");
    if (!chosen.isEmpty()) {
      return new AdminPassword(chosen, null);
    }
    var file = data.resolve(Secrets.PASSWORD_FILE);
    if (!Files.exists(file)) {
      throw wrong();
    }
    return new AdminPassword(Files.readString(file).strip(), file);
  }

  /** What to say of a password that the product does not take. */
  public static RefusedException wrong() {
    return new RefusedException(
        "The admin password is another one: set %s as it was for ./firstcome up."
            .formatted(Secrets.PASSWORD_VARIABLE));
  }

  /** An expression for a shell that gives the password without showing it. */
  public String forShell() {
    return file == null
        ? "\"$%s\"".formatted(Secrets.PASSWORD_VARIABLE)
        : "\"$(cat '%s')\"".formatted(file.toString().replace("'", "'\\''"));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "AdminPassword[file=%s]".formatted(file);
  }
}
