package io.firstcome.bench;

import java.util.List;

/**
 * How much is sent and how often.
 *
 * @param rounds every variant is measured once in each, in turns
 * @param crowd how many arrive in the same moment
 * @param steadySeconds how long 100 requests a second are sent
 * @param openingRate requests a second when a campaign opens
 * @param stepSeconds how long one rate is tried in the search for the capacity
 * @param messages what a topic is filled with before it is drained
 * @param recordMessages the same for the listener that takes one record at a time
 * @param historyRows how many decisions the statistics are made of
 */
record Scale(
    int rounds,
    int crowd,
    double steadySeconds,
    int openingRate,
    double stepSeconds,
    List<Integer> messages,
    int recordMessages,
    List<Integer> historyRows) {

  /** What the goals are judged by. */
  static Scale full(int rounds) {
    return new Scale(
        rounds,
        1_000,
        20,
        500,
        6,
        List.of(10_000, 100_000),
        10_000,
        List.of(10_000, 100_000, 1_000_000));
  }

  /** Seconds: shows that everything runs and that the gates hold, and nothing of speed. */
  static Scale smoke() {
    return new Scale(1, 50, 1, 100, 0.5, List.of(500), 200, List.of(1_000));
  }

  /** How long the opening lasts. Its rate is one that B1 can follow. */
  double openingSeconds() {
    return isSmoke() ? 0.5 : 10;
  }

  boolean isSmoke() {
    return rounds == 1 && crowd < 100;
  }
}
