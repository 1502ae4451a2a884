package io.firstcome.api.campaign;

import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.campaign.CampaignName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads campaigns with plain SQL: the door must not depend on a persistence context. */
final class JdbcCampaignSource implements CampaignSource {
  // The left joins give a row, and with it the clock, also when there is no such campaign.
  private static final String SELECT =
      """
      SELECT UTC_TIMESTAMP(6) AS database_now, c.id, c.name, c.display_name, c.kind,
             c.total_stock, c.remaining, c.failed, c.opens_at, c.closes_at, c.repeatable,
             c.sold_out, c.mode, c.topic_id, c.lane_part, c.created_at,
             t.name AS topic_name, t.uuid AS topic_uuid, t.lane, t.partitions
        FROM (SELECT 1 AS one) AS always
        LEFT JOIN campaign c ON %s = :key
        LEFT JOIN topic t ON t.id = c.topic_id
      """;
  private static final String BY_ID = SELECT.formatted("c.id");
  private static final String BY_NAME = SELECT.formatted("c.name");

  private final JdbcClient jdbc;

  JdbcCampaignSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Reading read(String key) {
    var byId = CampaignName.isId(key);
    return jdbc.sql(byId ? BY_ID : BY_NAME)
        .param("key", byId ? (Object) Long.valueOf(key) : key)
        .query((row, _) -> new Reading(campaign(row), instant(row, "database_now")))
        .single();
  }

  @Override
  public Instant now() {
    return jdbc.sql("SELECT UTC_TIMESTAMP(6)")
        .query(LocalDateTime.class)
        .single()
        .toInstant(ZoneOffset.UTC);
  }

  private static Optional<CachedCampaign> campaign(ResultSet row) throws SQLException {
    if (row.getString("name") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CachedCampaign(
            row.getLong("id"),
            row.getString("name"),
            row.getString("display_name"),
            CampaignKind.valueOf(row.getString("kind")),
            row.getLong("total_stock"),
            row.getLong("remaining"),
            row.getLong("failed"),
            instantOrNull(row, "opens_at"),
            instantOrNull(row, "closes_at"),
            row.getBoolean("repeatable"),
            SoldOut.valueOf(row.getString("sold_out")) == SoldOut.REFUSE,
            CampaignMode.valueOf(row.getString("mode")),
            row.getInt("topic_id"),
            row.getString("topic_name"),
            row.getString("topic_uuid"),
            row.getString("lane"),
            row.getObject("lane_part", Integer.class),
            row.getInt("partitions"),
            instant(row, "created_at")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
