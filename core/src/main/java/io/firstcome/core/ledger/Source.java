package io.firstcome.core.ledger;

/** The partition that a batch comes from. */
public record Source(int topicId, int partition) {}
