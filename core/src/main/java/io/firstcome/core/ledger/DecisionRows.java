package io.firstcome.core.ledger;

import io.firstcome.core.ledger.LedgerResult.Decided;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes decisions, one row each, as one value: a JSON text that the database makes a table of. The
 * statement is the same for any number of rows, so neither the driver nor the server reads
 * thousands of parameters; see docs/adr/0016.
 */
final class DecisionRows {
  // Larger statements gain nothing and come near max_allowed_packet.
  private static final int ROWS_A_STATEMENT_MAX = 2000;
  private static final int CHARACTERS_A_ROW = 160;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  /** Ids grow with the order of the rows, whatever way the server takes through them. */
  private static final String INSERT =
      """
      INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id, idempotency_key,
        dedup_key, outcome, success_rank, is_repeat, logged_at, decided_at)
      SELECT row_.campaign_id, ?, ?, row_.log_offset, row_.user_id, row_.idempotency_key,
        CAST(row_.dedup_key AS BINARY), row_.outcome, row_.success_rank, row_.is_repeat,
        row_.logged_at, row_.decided_at
      FROM JSON_TABLE(?, '$[*]' COLUMNS (
        line FOR ORDINALITY,
        campaign_id BIGINT PATH '$[0]' ERROR ON ERROR,
        log_offset BIGINT PATH '$[1]' ERROR ON ERROR,
        user_id VARCHAR(64) CHARACTER SET utf8mb4 PATH '$[2]' ERROR ON ERROR,
        idempotency_key VARCHAR(64) CHARACTER SET utf8mb4 PATH '$[3]' ERROR ON ERROR,
        dedup_key VARCHAR(321) CHARACTER SET utf8mb4 PATH '$[4]' ERROR ON ERROR,
        outcome VARCHAR(20) CHARACTER SET utf8mb4 PATH '$[5]' ERROR ON ERROR,
        success_rank BIGINT PATH '$[6]' ERROR ON ERROR,
        is_repeat TINYINT PATH '$[7]' ERROR ON ERROR,
        logged_at DATETIME(6) PATH '$[8]' ERROR ON ERROR,
        decided_at DATETIME(6) PATH '$[9]' ERROR ON ERROR)) AS row_
      ORDER BY row_.line\
      """;

  private DecisionRows() {}

  static void insert(
      Connection tx,
      @Nullable Source source,
      List<Decided> decided,
      Function<LoggedRequest, Instant> decidedAt)
      throws SQLException {
    try (var statement = tx.prepareStatement(INSERT)) {
      statement.setObject(1, source == null ? null : source.topicId());
      statement.setObject(2, source == null ? null : source.partition());
      for (int from = 0; from < decided.size(); from += ROWS_A_STATEMENT_MAX) {
        var rows = decided.subList(from, Math.min(from + ROWS_A_STATEMENT_MAX, decided.size()));
        statement.setString(3, json(source, rows, decidedAt));
        int written = statement.executeUpdate();
        if (written != rows.size()) {
          throw new IllegalStateException(written + " of " + rows.size() + " rows were written");
        }
      }
    }
  }

  private static String json(
      @Nullable Source source, List<Decided> decided, Function<LoggedRequest, Instant> decidedAt) {
    var json = new StringBuilder(CHARACTERS_A_ROW * decided.size()).append('[');
    var loggedText = new UtcText();
    var decidedText = new UtcText();
    for (var one : decided) {
      var request = one.request();
      var decision = one.decision();
      json.append(json.length() == 1 ? "[" : ",[");
      json.append(request.campaignId()).append(',');
      json.append(source == null ? null : (Long) request.offset()).append(',');
      appendText(json, request.request().userId()).append(',');
      appendText(json, request.request().idempotencyKey()).append(',');
      appendText(json, decision.dedupKey()).append(',');
      appendText(json, decision.outcome().name()).append(',');
      json.append(decision.rank() == 0 ? null : (Long) decision.rank()).append(',');
      json.append(decision.repeat() ? 1 : 0).append(',');
      appendText(json, loggedText.of(request.loggedAt())).append(',');
      appendText(json, decidedText.of(decidedAt.apply(request))).append(']');
    }
    return json.append(']').toString();
  }

  /** A JSON string, or null. Whatever is no control character may stand as it is (RFC 8259). */
  static StringBuilder appendText(StringBuilder json, @Nullable String text) {
    if (text == null) {
      return json.append("null");
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 0xf, 16));
      } else {
        if (c == '"' || c == '\\') {
          json.append('\\');
        }
        json.append(c);
      }
    }
    return json.append('"');
  }

  /** In a burst many rows have the same time, and formatting it is dear. */
  private static final class UtcText {
    private @Nullable Instant last;
    private String text = "";

    String of(Instant instant) {
      if (!instant.equals(last)) {
        last = instant;
        text = TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
      }
      return text;
    }
  }
}
