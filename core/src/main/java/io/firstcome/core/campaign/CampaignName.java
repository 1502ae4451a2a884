package io.firstcome.core.campaign;

import java.text.Normalizer;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The unique name of a campaign: a DNS label (RFC 1123) of at most 40 characters, because it also
 * names Kubernetes objects and a topic. A label of digits alone is not a name: in a path it would
 * be read as a campaign id.
 */
public final class CampaignName {
  public static final int LENGTH_MAX = 40;

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final String SUFFIX_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int SUFFIX_LENGTH = 6;

  private CampaignName() {}

  /** Whether the text can be a campaign's name as it stands. */
  public static boolean isName(String text) {
    return text.length() <= LENGTH_MAX && LABEL.matcher(text).matches() && !isId(text);
  }

  /** Whether the text reads as a campaign id rather than a name. */
  public static boolean isId(String text) {
    return DIGITS.matcher(text).matches();
  }

  /**
   * A name for a campaign that a person called something else: what is left of the text as a label,
   * and a random end that makes it unlikely to be taken.
   */
  public static String derive(String displayName, RandomGenerator random) {
    var ascii = Normalizer.normalize(displayName, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var label = ascii.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-");
    label = label.replaceAll("^-+|-+$", "");
    if (label.isEmpty() || isId(label)) {
      label = label.isEmpty() ? "campaign" : "campaign-" + label;
    }
    int room = LENGTH_MAX - SUFFIX_LENGTH - 1;
    if (label.length() > room) {
      label = label.substring(0, room).replaceAll("-+$", "");
    }
    var name = new StringBuilder(label).append('-');
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      name.append(SUFFIX_ALPHABET.charAt(random.nextInt(SUFFIX_ALPHABET.length())));
    }
    return name.toString();
  }
}
