package io.firstcome.core.place;

/**
 * Where a request stands in line: nobody can take it away, and everybody can check it against the
 * log.
 *
 * @param topicId the topic's id in the {@code topic} table, or {@link #SYNC} for a request that was
 *     decided without the log
 * @param partition from 0
 * @param offset from 0; for a sync decision the id of its row
 */
public record Place(long campaignId, int topicId, int partition, long offset) {
  /** No topic has this id. */
  public static final int SYNC = 0;

  public Place {
    if (campaignId < 1 || topicId < 0 || partition < 0 || offset < 0) {
      throw new IllegalArgumentException("a place has no negative numbers");
    }
  }

  /** The place of a decision that did not go through the log. */
  public static Place ofSyncDecision(long campaignId, long participationId) {
    return new Place(campaignId, SYNC, 0, participationId);
  }

  public boolean isInLog() {
    return topicId != SYNC;
  }
}
