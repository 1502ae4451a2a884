package io.firstcome.api.deadletter;

import io.firstcome.api.paging.PageWanted;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignName;
import io.firstcome.core.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads dead letters. */
@Component
class DeadLetterQueries {
  private static final int ID_DIGITS_MAX = 18;

  // A record that does not name its campaign belongs to the one whose own topic it stands in.
  private static final String FILTERED =
      """
        FROM dead_letter d JOIN topic t ON t.id = d.topic_id
       WHERE :campaign IS NULL OR d.campaign_id = :campaign
          OR t.lane IS NULL
             AND d.topic_id = (SELECT c.topic_id FROM campaign c WHERE c.id = :campaign)
      """;
  private static final String LIST =
      """
      SELECT d.id, t.name AS topic, d.part, d.log_offset, d.campaign_id, d.record_key,
             LEFT(d.payload, %d) AS payload, LENGTH(d.payload) AS payload_size, d.reason,
             d.logged_at, d.found_at, d.retried_at, d.retried_as
      """
          .formatted(Preview.BYTES_MAX);

  private final JdbcClient jdbc;

  DeadLetterQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Newest first.
   *
   * @param campaignId null for all
   */
  List<DeadLetter> list(@Nullable Long campaignId, PageWanted page) {
    return jdbc.sql(LIST + FILTERED + " ORDER BY d.id DESC LIMIT :o, :n")
        .param("campaign", campaignId)
        .param("o", page.offset())
        .param("n", page.size())
        .query((row, _) -> deadLetter(row))
        .list();
  }

  long count(@Nullable Long campaignId) {
    return jdbc.sql("SELECT COUNT(*)" + FILTERED)
        .param("campaign", campaignId)
        .query(Long.class)
        .single();
  }

  /**
   * The id of a campaign that is there.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  long campaignId(String idOrName) {
    boolean byId = CampaignName.isId(idOrName) && idOrName.length() <= ID_DIGITS_MAX;
    return jdbc.sql("SELECT id FROM campaign WHERE " + (byId ? "id" : "name") + " = :key")
        .param("key", byId ? (Object) Long.valueOf(idOrName) : idOrName)
        .query(Long.class)
        .optional()
        .orElseThrow(
            () -> new ProblemException(ErrorCode.CAMPAIGN_NOT_FOUND, "There is no such campaign."));
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    var key = row.getBytes("record_key");
    return new DeadLetter(
        row.getLong("id"),
        row.getString("topic"),
        row.getInt("part"),
        row.getLong("log_offset"),
        row.getObject("campaign_id", Long.class),
        Preview.of(key, key == null ? 0 : key.length),
        Preview.of(row.getBytes("payload"), row.getLong("payload_size")),
        row.getString("reason"),
        instant(row, "logged_at"),
        instant(row, "found_at"),
        row.getObject("retried_at") == null ? null : instant(row, "retried_at"),
        row.getString("retried_as"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }
}
