package io.firstcome.core.ledger;

import io.firstcome.core.rule.Request;
import java.time.Instant;

/**
 * A request with its place inside a partition.
 *
 * @param offset from 0; without meaning for a request that did not go through the log
 * @param loggedAt the time that the log gave it
 */
public record LoggedRequest(long offset, Instant loggedAt, long campaignId, Request request) {}
