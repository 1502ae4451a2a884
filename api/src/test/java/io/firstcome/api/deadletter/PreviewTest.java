package io.firstcome.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PreviewTest {
  @Test
  void nothingStaysNothing() {
    assertThat(Preview.of(null, 0)).isNull();
  }

  @Test
  void printableTextIsShownAsItIs() {
    var bytes = "1\t7\t\t세연 🎁\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Preview.of(bytes, bytes.length))
        .isEqualTo(new Preview("1\t7\t\t세연 🎁\n", false, bytes.length, false));
  }

  @Test
  void otherBytesAreShownAsBase64() {
    assertThat(Preview.of(new byte[] {0, 1}, 2)).isEqualTo(new Preview("AAE=", true, 2, false));
    assertThat(Preview.of(new byte[] {(byte) 0xff}, 1))
        .isEqualTo(new Preview("/w==", true, 1, false));
    // Half a character at the end of the whole is not text.
    assertThat(Preview.of(new byte[] {'a', (byte) 0xec}, 2))
        .isEqualTo(new Preview("Yew=", true, 2, false));
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    var bytes = "세".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    var start = Arrays.copyOf(bytes, Preview.BYTES_MAX);
    assertThat(Preview.of(start, bytes.length))
        .isEqualTo(new Preview("세".repeat(Preview.BYTES_MAX / 3), false, 3_000, true));
  }
}
