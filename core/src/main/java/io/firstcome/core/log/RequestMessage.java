package io.firstcome.core.log;

import io.firstcome.core.rule.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as bytes in the log: one line of UTF-8, fields separated by tabs, so that a console
 * consumer shows it as it is.
 *
 * <pre>1 TAB campaign id TAB idempotency key or nothing TAB user id</pre>
 *
 * The first field is the version of the format. None of the fields can contain a tab. Whatever does
 * not match to the byte is unreadable: nothing is guessed.
 */
public record RequestMessage(long campaignId, Request request) {
  /** No valid message is longer: version, id, key, 64 code points of 4 bytes, and the tabs. */
  public static final int BYTES_MAX = 1 + 19 + 64 + 64 * 4 + 3;

  private static final String VERSION = "1";
  private static final Pattern VERSION_FIELD = Pattern.compile("[0-9]{1,4}");
  private static final Pattern CAMPAIGN_ID = Pattern.compile("[1-9][0-9]{0,18}");

  public byte[] encode() {
    var key = request.idempotencyKey();
    var line =
        VERSION + '\t' + campaignId + '\t' + (key == null ? "" : key) + '\t' + request.userId();
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a record's value.
   *
   * @throws UnreadableMessageException for anything that {@link #encode} cannot have written
   */
  public static RequestMessage decode(byte @Nullable [] value) throws UnreadableMessageException {
    if (value == null) {
      throw new UnreadableMessageException("the record has no value");
    }
    var fields = text(value).split("\t", -1);
    if (!VERSION_FIELD.matcher(fields[0]).matches()) {
      throw new UnreadableMessageException("the value does not start with a version");
    }
    if (!fields[0].equals(VERSION)) {
      throw new UnreadableMessageException("the message version " + fields[0] + " is unknown");
    }
    if (value.length > BYTES_MAX) {
      throw new UnreadableMessageException("the value is longer than any request");
    }
    if (fields.length != 4) {
      throw new UnreadableMessageException(
          "the message has %d fields, not 4".formatted(fields.length));
    }
    try {
      var key = fields[2].isEmpty() ? null : fields[2];
      return new RequestMessage(campaignId(fields[1]), new Request(fields[3], key));
    } catch (IllegalArgumentException e) {
      throw new UnreadableMessageException(String.valueOf(e.getMessage()));
    }
  }

  private static String text(byte[] value) throws UnreadableMessageException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableMessageException("the value is not UTF-8");
    }
  }

  private static long campaignId(String field) {
    if (!CAMPAIGN_ID.matcher(field).matches()) {
      throw new IllegalArgumentException("the campaign id is not a positive whole number");
    }
    return Long.parseLong(field);
  }
}
