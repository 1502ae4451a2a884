package io.firstcome.api.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read, as answers show it.
 *
 * @param campaignId null if the record does not say
 * @param retriedAs the request id that it got when it was sent again
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DeadLetter(
    long id,
    String topic,
    int partition,
    long offset,
    @Nullable Long campaignId,
    @Nullable Preview key,
    @Nullable Preview payload,
    String reason,
    Instant loggedAt,
    Instant foundAt,
    @Nullable Instant retriedAt,
    @Nullable String retriedAs) {}
