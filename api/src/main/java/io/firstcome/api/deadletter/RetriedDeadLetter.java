package io.firstcome.api.deadletter;

/**
 * A dead letter that is in the log once more.
 *
 * @param requestId under which its result can be asked for
 */
record RetriedDeadLetter(
    long id, String requestId, long campaignId, String topic, int partition, long offset) {}
