package io.firstcome.api.order;

import io.firstcome.api.order.OrderAnalysis.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps evenly spread ones of any number of samples, in one pass and little memory: every one, then
 * every second, then every fourth, so that there are always between half of the most and the most.
 */
final class SpreadSamples {
  static final int SAMPLES_MAX = 500;

  private final List<Sample> kept = new ArrayList<>(SAMPLES_MAX + 1);
  private long count;
  private long stride = 1;

  void add(Sample sample) {
    if (count % stride == 0) {
      kept.add(sample);
    }
    count++;
    if (kept.size() > SAMPLES_MAX) {
      stride *= 2;
      var every = new ArrayList<Sample>(SAMPLES_MAX + 1);
      for (int i = 0; i < kept.size(); i += 2) {
        every.add(kept.get(i));
      }
      kept.clear();
      kept.addAll(every);
    }
  }

  /** The last one that was added comes first. */
  List<Sample> lastFirst() {
    return List.copyOf(kept.reversed());
  }
}
