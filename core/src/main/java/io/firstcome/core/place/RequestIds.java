package io.firstcome.core.place;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues and reads request ids: a {@link Place} signed with HMAC-SHA-256 (RFC 2104), truncated to
 * 128 bits, as URL-safe text of 34 to 62 characters. So the status of a request needs no lookup of
 * a random id, and an id that was never issued is refused without asking the database.
 *
 * <p>Layout before Base64: format (1 byte), key id (1 byte), campaign, topic, partition and offset
 * as base-128 varints, signature (16 bytes). A key is rotated by adding the new one as active and
 * keeping the old one for as long as its ids are asked for.
 */
public final class RequestIds {
  public static final int KEY_BYTES_MIN = 32;

  private static final byte FORMAT = 1;
  private static final int SIGNATURE_BYTES = 16;
  private static final int TEXT_LENGTH_MAX = 80;
  private static final String ALGORITHM = "HmacSHA256";

  // Ready to sign; never used themselves, because finding and keying one costs more than signing.
  private final Map<Byte, Mac> keys = new HashMap<>();
  private final byte activeKeyId;

  /**
   * @param keys secrets of at least {@link #KEY_BYTES_MIN} bytes by key id (0 to 127)
   * @throws IllegalArgumentException for a short key, a key id out of range, or if the active one
   *     is missing; the message does not contain a key
   */
  public RequestIds(Map<Integer, byte[]> keys, int activeKeyId) {
    keys.forEach((id, secret) -> {
      if (id < 0 || id > Byte.MAX_VALUE) {
        throw new IllegalArgumentException("a key id must be 0 to 127, was " + id);
      }
      if (secret.length < KEY_BYTES_MIN) {
        throw new IllegalArgumentException(
            "the request-id key %d must have at least %d bytes, has %d"
                .formatted(id, KEY_BYTES_MIN, secret.length));
      }
      this.keys.put(id.byteValue(), keyed(secret));
    });
    if (!keys.containsKey(activeKeyId)) {
      throw new IllegalArgumentException("there is no request-id key with the id " + activeKeyId);
    }
    this.activeKeyId = (byte) activeKeyId;
  }

  /** The id under which a participant asks for the result of the request at this place. */
  public String issue(Place place) {
    var bytes = ByteBuffer.allocate(2 + 10 + 5 + 5 + 10 + SIGNATURE_BYTES);
    bytes.put(FORMAT).put(activeKeyId);
    putVarint(bytes, place.campaignId());
    putVarint(bytes, place.topicId());
    putVarint(bytes, place.partition());
    putVarint(bytes, place.offset());
    var payload = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.put(signature(key(activeKeyId), payload));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  /** The place that an id stands for; empty for every text that {@link #issue} did not return. */
  public Optional<Place> read(String requestId) {
    if (requestId.length() > TEXT_LENGTH_MAX) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(requestId);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int payloadLength = bytes.length - SIGNATURE_BYTES;
    if (payloadLength < 6 || bytes[0] != FORMAT || !keys.containsKey(bytes[1])) {
      return Optional.empty();
    }
    var payload = Arrays.copyOf(bytes, payloadLength);
    var signature = Arrays.copyOfRange(bytes, payloadLength, bytes.length);
    if (!MessageDigest.isEqual(signature, signature(key(bytes[1]), payload))) {
      return Optional.empty();
    }
    // Several texts can stand for the same bytes (unused bits, padding); only the issued one
    // counts.
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(requestId)) {
      return Optional.empty();
    }
    var numbers = ByteBuffer.wrap(payload).position(2);
    return Optional.of(
        new Place(varint(numbers), (int) varint(numbers), (int) varint(numbers), varint(numbers)));
  }

  /**
   * A secret for something else that all processes with the same active key must agree on. It tells
   * nothing about the key.
   *
   * @param purpose never used for anything else
   * @return Base64
   */
  public String secretFor(String purpose) {
    var text = ("purpose:" + purpose).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(hmac(key(activeKeyId), text));
  }

  private Mac key(byte id) {
    var key = keys.get(id);
    if (key == null) {
      throw new IllegalStateException("no request-id key " + id);
    }
    return key;
  }

  private static byte[] signature(Mac key, byte[] payload) {
    return Arrays.copyOf(hmac(key, payload), SIGNATURE_BYTES);
  }

  private static Mac keyed(byte[] secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot compute " + ALGORITHM, e);
    }
  }

  private static byte[] hmac(Mac key, byte[] payload) {
    try {
      return ((Mac) key.clone()).doFinal(payload);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the provider of " + ALGORITHM + " cannot copy its state", e);
    }
  }

  private static void putVarint(ByteBuffer bytes, long number) {
    long rest = number;
    while (rest >= 0x80) {
      bytes.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static long varint(ByteBuffer bytes) {
    long number = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      number |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return number;
  }
}
