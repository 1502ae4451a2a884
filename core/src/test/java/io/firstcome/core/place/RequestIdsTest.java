package io.firstcome.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
  private static final byte[] OLD = secret(1);
  private static final byte[] NEW = secret(2);
  private final RequestIds ids = new RequestIds(Map.of(1, OLD), 1);

  private static byte[] secret(long seed) {
    var bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void readsWhatItIssued() {
    var random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      var place =
          new Place(
              random.nextLong(1, Long.MAX_VALUE),
              random.nextInt(Integer.MAX_VALUE),
              random.nextInt(Integer.MAX_VALUE),
              random.nextLong(Long.MAX_VALUE));
      var id = ids.issue(place);
      assertThat(id).matches("[A-Za-z0-9_-]{30,62}");
      assertThat(ids.read(id)).contains(place);
    }
  }

  @Test
  void refusesEveryTamperedBit() {
    var id = ids.issue(new Place(7, 3, 2, 123_456));
    var bytes = Base64.getUrlDecoder().decode(id);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      var tampered = bytes.clone();
      tampered[bit / 8] ^= (byte) (1 << (bit % 8));
      var text = Base64.getUrlEncoder().withoutPadding().encodeToString(tampered);
      assertThat(ids.read(text)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void refusesTruncatedLongerAndForeignTexts() {
    var id = ids.issue(new Place(7, 3, 2, 123_456));
    for (int length = 0; length < id.length(); length++) {
      assertThat(ids.read(id.substring(0, length))).isEmpty();
    }
    for (var text :
        new String[] {id + "A", id + "=", " " + id, "x".repeat(10_000), "né", "../.."}) {
      assertThat(ids.read(text)).as(text).isEmpty();
    }
    assertThat(new RequestIds(Map.of(1, NEW), 1).read(id)).isEmpty();
  }

  @Test
  void acceptsOnlyTheOneSpellingOfAnId() {
    for (int offset = 0; offset < 5; offset++) {
      var id = ids.issue(new Place(7, 3, 2, 1L << (7 * offset)));
      var last = id.charAt(id.length() - 1);
      for (char c = 'A'; c <= 'z'; c++) {
        if (c != last) {
          assertThat(ids.read(id.substring(0, id.length() - 1) + c)).isEmpty();
        }
      }
    }
  }

  @Test
  void keepsReadingOldIdsAfterTheKeyWasRotated() {
    var place = new Place(7, 3, 2, 1);
    var rotated = new RequestIds(Map.of(1, OLD, 2, NEW), 2);
    assertThat(rotated.read(ids.issue(place))).contains(place);
    assertThat(rotated.issue(place)).isNotEqualTo(ids.issue(place));
    assertThat(new RequestIds(Map.of(2, NEW), 2).read(ids.issue(place))).isEmpty();
  }

  @Test
  void refusesWeakKeysWithoutShowingThem() {
    assertThatThrownBy(() -> new RequestIds(Map.of(1, new byte[31]), 1))
        .hasMessage("the request-id key 1 must have at least 32 bytes, has 31");
    assertThatThrownBy(() -> new RequestIds(Map.of(1, OLD), 2))
        .hasMessage("there is no request-id key with the id 2");
    assertThatThrownBy(() -> new RequestIds(Map.of(128, OLD), 128))
        .hasMessage("a key id must be 0 to 127, was 128");
  }
}
