package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
  private static final ConnectionFile FILE =
      new ConnectionFile(
          "http://localhost:1",
          "jdbc:mysql://db:2/sale?sslMode=REQUIRED",
          "us er",
          "hid=den\\#한",
          "k:3",
          ZoneId.of("Asia/Seoul"));

  @Test
  void isReadAsItWasWrittenAndOnlyByItsOwner(@TempDir Path data) throws IOException {
    var _ = FILE.write(data);
    assertThat(ConnectionFile.read(data)).contains(FILE);
    var permissions = Files.getPosixFilePermissions(data.resolve("connection.properties"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @Test
  void isGoneAfterTheEnd(@TempDir Path data) throws Exception {
    FILE.write(data).close();
    assertThat(ConnectionFile.read(data)).isEmpty();
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void secretsAreNotInTheText() {
    assertThat(FILE.toString()).contains("us er").doesNotContain("hid");
    assertThat(new AdminPassword("hidden", null).toString()).doesNotContain("hidden");
  }
}
