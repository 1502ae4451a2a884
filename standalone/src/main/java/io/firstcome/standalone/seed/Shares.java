package io.firstcome.standalone.seed;

import java.util.ArrayList;
import java.util.List;

/** Splits a number into whole parts. */
final class Shares {
  private Shares() {}

  /**
   * Parts in proportion to the weights whose sum is the total exactly; each is at least 1, as long
   * as there are enough.
   */
  static List<Long> of(long total, double[] weights) {
    var parts = new ArrayList<Long>(weights.length);
    double weightLeft = 0;
    for (double weight : weights) {
      weightLeft += weight;
    }
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      int after = weights.length - i - 1;
      long part = after == 0 ? left : Math.round(left * weights[i] / weightLeft);
      part = Math.max(part, Math.min(1, left));
      // Those who come after get one each, if that leaves one here.
      part = Math.min(part, Math.max(left - after, Math.min(1, left)));
      parts.add(part);
      left -= part;
      weightLeft -= weights[i];
    }
    return parts;
  }
}
