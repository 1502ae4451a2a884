package io.firstcome.replay;

import org.jspecify.annotations.Nullable;

/**
 * One point in which the tables are not what the log and the rule say.
 *
 * @param partition null for what has no place in the log
 * @param participationId the row, null if there is none
 * @param userId whom the log names; the row's user if the log does not have the request
 * @param expected what the log or the rule says
 * @param found what the tables say
 */
public record Difference(
    Kind kind,
    @Nullable Integer partition,
    @Nullable Long offset,
    @Nullable Long participationId,
    @Nullable String userId,
    @Nullable String expected,
    @Nullable String found) {

  /** What is different, with the sentence that says so. */
  public enum Kind {
    ROW_MISSING("The log has this request below the next offset, but it has no result."),
    ROW_NOT_IN_LOG("The log has no request of this campaign at the place of this row."),
    ROW_ELSEWHERE("The row's place is in a topic or partition that is not the campaign's."),
    ROW_UNREADABLE("The row has no place in the log and holds no valid request."),
    ROW_AND_DEAD_LETTER("The request has a result and is a dead letter too."),
    ORDER("The order of the results is not the order of the log."),
    USER("The result belongs to another user than the request."),
    IDEMPOTENCY_KEY("The row has another Idempotency-Key than the request."),
    LOGGED_AT("The row has another time than the record in the log."),
    OUTCOME("The rule gives another outcome."),
    RANK("The rule gives another rank."),
    REPEAT("The rule says otherwise whether this is the same request again."),
    DEDUP_KEY("The key that lets a user in once is not the one that the rule gives."),
    DEAD_LETTER_MISSING("The record is no request of this campaign and no dead letter either."),
    DEAD_LETTER_NOT_IN_LOG("The log has no record at the place of this dead letter."),
    NEXT_OFFSET("The stored next offset does not fit the results and the log."),
    STOCK_HISTORY("A growth of the stock does not start where the one before it ended."),
    TOTAL_STOCK("The total stock is not what it has grown to."),
    REMAINING("The remaining stock is not what the results leave."),
    FAILED("The number of requests that got nothing is not that of the results.");

    private final String message;

    Kind(String message) {
      this.message = message;
    }

    /** The sentence for people. */
    public String message() {
      return message;
    }
  }
}
