package io.firstcome.api.campaign;

/**
 * A topic in the log that is empty and ready to take requests.
 *
 * @param uuid Kafka's own id of it
 * @param created by this call, or found
 */
record ProvidedTopic(String name, String uuid, int partitions, boolean created) {}
