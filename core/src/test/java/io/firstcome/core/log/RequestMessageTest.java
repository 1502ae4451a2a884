package io.firstcome.core.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.core.rule.Request;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMessageTest {

  @Test
  void isOneReadableLine() {
    var message = new RequestMessage(7, new Request("123", null));
    assertThat(new String(message.encode(), UTF_8)).isEqualTo("1\t7\t\t123");
    var keyed = new RequestMessage(Long.MAX_VALUE, new Request("김 철수", "order-1"));
    assertThat(new String(keyed.encode(), UTF_8))
        .isEqualTo("1\t9223372036854775807\torder-1\t김 철수");
  }

  @Test
  void readsWhatItWrote() throws UnreadableMessageException {
    var random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      var message =
          new RequestMessage(
              random.nextLong(1, Long.MAX_VALUE),
              new Request(userId(random), random.nextBoolean() ? null : key(random)));
      var bytes = message.encode();
      assertThat(bytes.length).isLessThanOrEqualTo(RequestMessage.BYTES_MAX);
      assertThat(RequestMessage.decode(bytes)).isEqualTo(message);
    }
  }

  private static String userId(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(1, Request.USER_ID_LENGTH_MAX + 1);
    int[] starts = {'a', '0', 0xAC00, 0x1F600, '!'};
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(starts[random.nextInt(starts.length)] + random.nextInt(10));
    }
    return text.toString();
  }

  private static String key(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(1, Request.IDEMPOTENCY_KEY_LENGTH_MAX + 1);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt('!', 0x7f));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | the value does not start with a version
          hello         | the value does not start with a version
          {"userId":1}  | the value does not start with a version
          2;7;;ann      | the message version 2 is unknown
          1             | the message has 1 fields, not 4
          1;7;ann       | the message has 3 fields, not 4
          1;7;;ann;x    | the message has 5 fields, not 4
          1;0;;ann      | the campaign id is not a positive whole number
          1;07;;ann     | the campaign id is not a positive whole number
          1;-7;;ann     | the campaign id is not a positive whole number
          1;x;;ann      | the campaign id is not a positive whole number
          1;7;;''       | userId must have 1 to 64 characters and not be blank
          1;7;a b;ann   | Idempotency-Key must have 1 to 64 printable ASCII characters
          """)
  void saysWhyItCannotRead(String line, String reason) {
    var bytes = line.replace("''", "").replace(';', '\t').getBytes(UTF_8);
    assertThatThrownBy(() -> RequestMessage.decode(bytes))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage(reason);
  }

  @Test
  void readsNothingIntoGarbage() {
    assertThatThrownBy(() -> RequestMessage.decode(null)).hasMessage("the record has no value");
    assertThatThrownBy(() -> RequestMessage.decode("1\t7\t\té".getBytes(ISO_8859_1)))
        .hasMessage("the value is not UTF-8");
    var long_ = "1\t7\t\t" + "x".repeat(1_000_000);
    assertThatThrownBy(() -> RequestMessage.decode(long_.getBytes(UTF_8)))
        .hasMessage("the value is longer than any request");
    assertThatThrownBy(
            () -> RequestMessage.decode("1\t99999999999999999999\t\tann".getBytes(UTF_8)))
        .isInstanceOf(UnreadableMessageException.class);
    assertThatThrownBy(() -> RequestMessage.decode("1\t9999999999999999999\t\tann".getBytes(UTF_8)))
        .isInstanceOf(UnreadableMessageException.class);
    var random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      var bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      assertThatThrownBy(() -> RequestMessage.decode(bytes))
          .as(Arrays.toString(bytes))
          .isInstanceOf(UnreadableMessageException.class);
    }
  }
}
