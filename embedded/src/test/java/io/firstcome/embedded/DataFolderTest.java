package io.firstcome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    try (var folder = DataFolder.open(temporary.resolve("a/b"))) {
      assertThat(Files.getPosixFilePermissions(folder.path()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void openToRefusedWhileSomebodyHoldsItAndOpenAgainAfterwards() {
    try (var _ = DataFolder.open(temporary)) {
      assertThatThrownBy(() -> DataFolder.open(temporary))
          .isInstanceOf(DataFolderException.class)
          .hasMessage("%s is in use by another running Firstcome.", temporary);
    }
    DataFolder.open(temporary).close();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    var file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(DataFolderException.class)
        .hasMessage("%s is not a folder.", file);
  }

  @Test
  void belowAFileNothingCanBeWritten() throws IOException {
    var below = Files.createFile(temporary.resolve("file")).resolve("data");
    assertThatThrownBy(() -> DataFolder.open(below))
        .isInstanceOf(DataFolderException.class)
        .hasMessage("%s cannot be written to.", below);
  }

  @Test
  void aSecretStaysTheSameAndBelongsToItsOwner() throws IOException {
    var file = temporary.resolve("secret");
    var secret = SecretFile.readOrCreate(file, 32);
    assertThat(secret).hasSize(43).isEqualTo(SecretFile.readOrCreate(file, 32));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aPortIsHandedOutOnce() {
    assertThat(FreePorts.next()).isNotEqualTo(FreePorts.next());
  }
}
