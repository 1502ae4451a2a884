package io.firstcome.api.bulk;

import io.firstcome.core.place.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One press of the button: what was sent where, and how much of it is decided. Thread-safe. */
final class BulkRun {
  private final String id = UUID.randomUUID().toString();
  private final long campaignId;
  private final int topicId;
  private final int count;
  private final long startedNanos = System.nanoTime();
  // Per partition, ascending: one producer's appends are acknowledged in their order.
  private final Map<Integer, List<Long>> offsets = new HashMap<>();
  private Status status = Status.SENDING;
  private int sent;
  private int failed;
  private int decided;
  private long endedNanos;
  private @Nullable String failure;

  BulkRun(long campaignId, int topicId, int count) {
    this.campaignId = campaignId;
    this.topicId = topicId;
    this.count = count;
  }

  enum Status {
    SENDING,
    DECIDING,
    DONE,
    FAILED
  }

  /**
   * What is shown of a run.
   *
   * @param sent requests that the log has acknowledged
   * @param failed requests that it has not, and that are not counted elsewhere
   * @param elapsed seconds from the start to the last result
   * @param rate results a second over that time
   */
  record View(
      String runId,
      long campaignId,
      Status status,
      int count,
      int sent,
      int failed,
      int decided,
      double elapsed,
      double rate,
      @Nullable String failure) {}

  synchronized void acknowledged(Place place) {
    sent++;
    offsets.computeIfAbsent(place.partition(), p -> new ArrayList<>()).add(place.offset());
  }

  synchronized void notAcknowledged(String reason) {
    failed++;
    failure = reason;
  }

  synchronized void allSent() {
    status = Status.DECIDING;
  }

  /** Takes the partitions' progress: whatever lies below the next offset is decided. */
  synchronized void progressed(Map<Integer, Long> nextOffsets) {
    decided = 0;
    for (var entry : offsets.entrySet()) {
      long next = nextOffsets.getOrDefault(entry.getKey(), 0L);
      int index = Collections.binarySearch(entry.getValue(), next);
      decided += index >= 0 ? index : -index - 1;
    }
    if (status == Status.DECIDING && decided == sent) {
      end(failed == 0 ? Status.DONE : Status.FAILED);
    }
  }

  synchronized void abandoned(String reason) {
    failure = reason;
    end(Status.FAILED);
  }

  private void end(Status last) {
    status = last;
    offsets.clear();
    endedNanos = System.nanoTime();
  }

  synchronized boolean hasEnded() {
    return status == Status.DONE || status == Status.FAILED;
  }

  synchronized View view() {
    double elapsed = ((hasEnded() ? endedNanos : System.nanoTime()) - startedNanos) / 1e9;
    return new View(
        id,
        campaignId,
        status,
        count,
        sent,
        failed,
        decided,
        Math.round(elapsed * 1000) / 1000.0,
        Math.round(decided / elapsed * 10) / 10.0,
        failure);
  }

  String id() {
    return id;
  }

  int topicId() {
    return topicId;
  }
}
