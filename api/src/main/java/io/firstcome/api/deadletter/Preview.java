package io.firstcome.api.deadletter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes for people: as text where they are printable UTF-8 (tabs and line ends included), else as
 * Base64.
 *
 * @param text the first {@link #BYTES_MAX} bytes, without a character that they cut in half
 * @param base64 whether the text is Base64
 * @param size how many bytes there are
 * @param truncated whether the text shows fewer than there are
 */
record Preview(String text, boolean base64, long size, boolean truncated) {
  static final int BYTES_MAX = 2048;

  /**
   * @param start at least the first {@link #BYTES_MAX} bytes, or all
   * @param size of the whole
   */
  static @Nullable Preview of(byte @Nullable [] start, long size) {
    if (start == null) {
      return null;
    }
    boolean truncated = size > BYTES_MAX;
    var shown = start.length > BYTES_MAX ? Arrays.copyOf(start, BYTES_MAX) : start;
    var text = printable(shown, truncated);
    return text == null
        ? new Preview(Base64.getEncoder().encodeToString(shown), true, size, truncated)
        : new Preview(text, false, size, truncated);
  }

  private static @Nullable String printable(byte[] bytes, boolean truncated) {
    var text = CharBuffer.allocate(bytes.length);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            // Without the end of the input, half a character at the end is no error.
            .decode(ByteBuffer.wrap(bytes), text, !truncated);
    if (result.isError()) {
      return null;
    }
    var decoded = text.flip().toString();
    return decoded.codePoints().allMatch(Preview::isPrintable) ? decoded : null;
  }

  private static boolean isPrintable(int codePoint) {
    return codePoint == '\t'
        || codePoint == '\n'
        || codePoint == '\r'
        || !Character.isISOControl(codePoint);
  }
}
