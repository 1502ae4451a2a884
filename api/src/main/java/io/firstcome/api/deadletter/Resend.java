package io.firstcome.api.deadletter;

import io.firstcome.core.place.Place;
import org.jspecify.annotations.Nullable;

/** Appends a record to the log once more. */
interface Resend {
  /**
   * Returns when all in-sync replicas have the record.
   *
   * @param key null for none
   * @throws io.firstcome.api.problem.ProblemException LOG_UNAVAILABLE if that is not known in time
   */
  Place resend(Target target, byte @Nullable [] key, byte[] payload);

  /**
   * Where a record goes.
   *
   * @param partition null lets the key decide
   */
  record Target(long campaignId, int topicId, String topicName, @Nullable Integer partition) {}
}
