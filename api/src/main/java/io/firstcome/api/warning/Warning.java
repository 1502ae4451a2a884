package io.firstcome.api.warning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong now.
 *
 * @param campaignName null if it is about more than one campaign
 * @param since null if nobody knows
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Warning(
    Kind kind,
    @Nullable String campaignName,
    String title,
    String detail,
    @Nullable Instant since) {

  /** The worst first. */
  enum Kind {
    /** Requests wait, and nothing is decided. */
    CONSUMER_DOWN,
    /** Requests that could not be read. */
    DEAD_LETTERS,
    /** Requests come in faster than they are decided. */
    LAG_GROWING,
    /** The last run of a job for a day ended badly. */
    BATCH_FAILED,
    /** A daily run was due and is not there. */
    BATCH_MISSED
  }
}
