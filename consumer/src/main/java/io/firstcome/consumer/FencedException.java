package io.firstcome.consumer;

/** Somebody else has claimed the partition since: the batch changed nothing. */
final class FencedException extends Exception {
  FencedException(Ownership stale) {
    super(
        "partition %d of topic %d was claimed by another consumer after epoch %d at offset %d"
            .formatted(
                stale.source().partition(),
                stale.source().topicId(),
                stale.epoch(),
                stale.nextOffset()));
  }
}
