package io.firstcome.api.campaign;

import org.jspecify.annotations.Nullable;

/**
 * A campaign that is being deleted.
 *
 * @param ownTopicUuid null for a campaign on a lane, whose topic stays
 */
public record RemovalTarget(long id, String name, int topicId, @Nullable String ownTopicUuid) {
  boolean hasOwnTopic() {
    return ownTopicUuid != null;
  }
}
