package io.firstcome.api.deadletter;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.audit.AuditLog;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.place.RequestIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends dead letters again.
 *
 * <p>Marking, sending and noting the new place happen in one open transaction, in this order. The
 * mark is a guarded update whose row lock makes a second retry wait and then find the mark, so
 * there is at most one record for each answer of success. A failure of any step, or a crash, takes
 * the mark back, so nothing is lost: the letter can be retried. If that happens after the log has
 * taken the record, another retry appends it twice; the rule tells the two apart like any repeated
 * request, so only a repeatable campaign and a request without a key would count both. The other
 * order, committing the mark first, would turn a crash into a letter that counts as sent and never
 * was.
 */
@Component
class DeadLetterRetry {
  private static final String MARK =
      "UPDATE dead_letter SET retried_at = UTC_TIMESTAMP(6) WHERE id = :id AND retried_at IS NULL";
  // The campaign is the one that the record names, or else the owner of the topic it stands in.
  private static final String LETTER =
      """
      SELECT d.topic_id, t.name AS topic, d.part, d.record_key, d.payload, d.retried_at,
             c.id AS campaign_id, c.name AS campaign_name, c.lane_part
        FROM dead_letter d
        JOIN topic t ON t.id = d.topic_id
        LEFT JOIN campaign c
          ON c.topic_id = d.topic_id AND (c.id = d.campaign_id OR t.lane IS NULL)
       WHERE d.id = :id
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Resend resend;
  private final RequestIds requestIds;
  private final AuditLog audit;

  DeadLetterRetry(
      JdbcClient jdbc,
      TransactionOperations transactions,
      Resend resend,
      RequestIds requestIds,
      AuditLog audit) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.resend = resend;
    this.requestIds = requestIds;
    this.audit = audit;
  }

  /**
   * Appends the letter's bytes to the topic that they stand in.
   *
   * @throws ProblemException {@link ErrorCode#DEAD_LETTER_NOT_FOUND}, {@link
   *     ErrorCode#CHANGE_REFUSED} if it was retried before or cannot be, {@link
   *     ErrorCode#LOG_UNAVAILABLE}
   */
  RetriedDeadLetter retry(long id, String actor) {
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          boolean marked = jdbc.sql(MARK).param("id", id).update() == 1;
          var letter = letter(id);
          if (!marked) {
            throw refused("The dead letter was sent again already, at " + letter.retriedAt());
          }
          return send(id, letter, actor);
        }));
  }

  private RetriedDeadLetter send(long id, Letter letter, String actor) {
    if (letter.campaignId() == null) {
      throw refused("The dead letter belongs to no campaign that still exists");
    }
    if (letter.payload() == null) {
      throw refused("The dead letter has no content that could be sent");
    }
    var target =
        new Resend.Target(
            letter.campaignId(), letter.topicId(), letter.topic(), letter.partition());
    var place = resend.resend(target, letter.key(), letter.payload());
    var requestId = requestIds.issue(place);
    jdbc.sql("UPDATE dead_letter SET retried_as = :requestId WHERE id = :id")
        .param("requestId", requestId)
        .param("id", id)
        .update();
    var retried =
        new RetriedDeadLetter(
            id, requestId, place.campaignId(), letter.topic(), place.partition(), place.offset());
    audit.add(
        new AuditEntry(
            actor,
            "DEAD_LETTER_RETRIED",
            letter.campaignId(),
            letter.campaignName(),
            Map.of("after", retried)));
    return retried;
  }

  private Letter letter(long id) {
    return jdbc.sql(LETTER)
        .param("id", id)
        .query((row, _) -> letter(row))
        .optional()
        .orElseThrow(() ->
            new ProblemException(
                ErrorCode.DEAD_LETTER_NOT_FOUND, "There is no dead letter " + id + "."));
  }

  private static Letter letter(ResultSet row) throws SQLException {
    var key = row.getBytes("record_key");
    var lanePart = row.getObject("lane_part", Integer.class);
    return new Letter(
        row.getInt("topic_id"),
        row.getString("topic"),
        // Without a key to place it by, a record goes back to where it was.
        lanePart == null && key == null ? Integer.valueOf(row.getInt("part")) : lanePart,
        key,
        row.getBytes("payload"),
        row.getObject("retried_at") == null ? null : DeadLetterQueries.instant(row, "retried_at"),
        row.getObject("campaign_id", Long.class),
        row.getString("campaign_name"));
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ErrorCode.CHANGE_REFUSED, detail + ".");
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared; it only carries one row.
  private record Letter(
      int topicId,
      String topic,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] payload,
      @Nullable Instant retriedAt,
      @Nullable Long campaignId,
      @Nullable String campaignName) {}
}
