package io.firstcome.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Small secrets, each in a file of its own that only the owner can read. */
public final class SecretFile {
  private SecretFile() {}

  /** The secret in this file; if there is none yet, random bytes as URL-safe Base64. */
  public static String readOrCreate(Path file, int randomBytes) {
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      var bytes = new byte[randomBytes];
      new SecureRandom().nextBytes(bytes);
      var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      write(file, secret + "\n");
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException("The secret in %s cannot be used".formatted(file), e);
    }
  }

  /** Replaces the file at once: after a crash it has the old text or the new one. */
  public static void write(Path file, String text) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, text, UTF_8);
    Files.move(unfinished, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }
}
