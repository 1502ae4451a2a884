package io.firstcome.replay;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables as they were at one moment, however long it takes to read them: one transaction with
 * repeatable reads, so a campaign that is running agrees too.
 */
final class Snapshot implements AutoCloseable {
  private static final String COLUMNS =
      "id, topic_id, part, log_offset, user_id, idempotency_key, dedup_key, outcome, success_rank,"
          + " is_repeat, logged_at";

  private final Connection connection;

  private Snapshot(Connection connection) {
    this.connection = connection;
  }

  /** The moment is that of the first read. */
  static Snapshot open(DataSource database) throws SQLException {
    var connection = database.getConnection();
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return new Snapshot(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * @param lanePart null for a campaign with a topic of its own
   */
  record CampaignRow(
      long id,
      String name,
      boolean repeatable,
      long totalStock,
      long remaining,
      long failed,
      int topicId,
      String topic,
      String topicUuid,
      @Nullable Integer lanePart) {}

  Optional<CampaignRow> campaign(long id) throws SQLException {
    var sql =
        "SELECT c.id, c.name, c.repeatable, c.total_stock, c.remaining, c.failed, c.topic_id,"
            + " t.name, t.uuid, c.lane_part FROM campaign c JOIN topic t ON t.id = c.topic_id"
            + " WHERE c.id = ?";
    try (var statement = prepare(sql, id);
        var row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new CampaignRow(
              row.getLong(1),
              row.getString(2),
              row.getBoolean(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getInt(7),
              row.getString(8),
              row.getString(9),
              row.getObject(10, Integer.class)));
    }
  }

  /**
   * A growth of the stock.
   *
   * @param afterId rows with a greater id were decided with the new stock
   */
  record StockChange(long afterId, long before, long after) {}

  List<StockChange> stockChanges(long campaignId) throws SQLException {
    var changes = new ArrayList<StockChange>();
    var sql =
        "SELECT after_id, stock_before, stock_after FROM stock_change WHERE campaign_id = ?"
            + " ORDER BY id";
    try (var statement = prepare(sql, campaignId);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        changes.add(new StockChange(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
      }
    }
    return changes;
  }

  /** The next offset of each partition that has one. */
  Map<Integer, Long> nextOffsets(int topicId) throws SQLException {
    Map<Integer, Long> next = new HashMap<>();
    var sql = "SELECT part, next_offset FROM consumer_offset WHERE topic_id = ?";
    try (var statement = prepare(sql, topicId);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        next.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return next;
  }

  /** The campaigns of a partition's dead letters by offset; 0 where the letter names none. */
  SortedMap<Long, Long> deadLetters(int topicId, int part, long fromOffset) throws SQLException {
    SortedMap<Long, Long> letters = new TreeMap<>();
    var sql =
        "SELECT log_offset, COALESCE(campaign_id, 0) FROM dead_letter"
            + " WHERE topic_id = ? AND part = ? AND log_offset >= ?";
    try (var statement = prepare(sql, topicId, part, fromOffset);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        letters.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return letters;
  }

  /** The highest offset below a limit that has a row, of whatever campaign; -1 if none has. */
  long highestOffset(int topicId, int part, long below) throws SQLException {
    var sql =
        "SELECT COALESCE(MAX(log_offset), -1) FROM participation"
            + " WHERE topic_id = ? AND part = ? AND log_offset < ?";
    try (var statement = prepare(sql, topicId, part, below);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Places from one offset up to and without another. */
  record Range(int topicId, int part, long from, long to) {}

  /** The ids of the campaign's rows at these places, by offset. */
  Map<Long, Long> idsAt(long campaignId, Range range) throws SQLException {
    Map<Long, Long> ids = new HashMap<>();
    var sql =
        "SELECT log_offset, id FROM participation WHERE topic_id = ? AND part = ?"
            + " AND log_offset >= ? AND log_offset < ? AND campaign_id = ?";
    try (var statement =
            prepare(sql, range.topicId(), range.part(), range.from(), range.to(), campaignId);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        ids.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return ids;
  }

  /** The id of the campaign's row next in the partition after an offset; the greatest if none. */
  long idAfter(long campaignId, Range above) throws SQLException {
    var sql =
        "SELECT id FROM participation WHERE topic_id = ? AND part = ? AND log_offset > ?"
            + " AND log_offset <= ? AND campaign_id = ? ORDER BY log_offset LIMIT 1";
    try (var statement =
            prepare(sql, above.topicId(), above.part(), above.from(), above.to(), campaignId);
        var rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : Long.MAX_VALUE;
    }
  }

  /** The lowest and the highest id of the campaign's rows; empty without rows. */
  Optional<IdRange> ids(long campaignId) throws SQLException {
    var sql = "SELECT MIN(id), MAX(id) FROM participation WHERE campaign_id = ?";
    try (var statement = prepare(sql, campaignId);
        var rows = statement.executeQuery()) {
      rows.next();
      long min = rows.getLong(1);
      return rows.wasNull() ? Optional.empty() : Optional.of(new IdRange(min, rows.getLong(2)));
    }
  }

  record IdRange(long min, long max) {}

  /**
   * Rows of the campaign by id, from {@code min} to {@code max}, at most {@code limit}. The primary
   * key is forced: with any other one the rows would have to be sorted for each call.
   */
  List<Row> rows(long campaignId, IdRange ids, int limit) throws SQLException {
    var page = new ArrayList<Row>();
    var sql =
        "SELECT "
            + COLUMNS
            + " FROM participation FORCE INDEX (PRIMARY)"
            + " WHERE campaign_id = ? AND id >= ? AND id <= ? ORDER BY id LIMIT ?";
    try (var statement = prepare(sql, campaignId, ids.min(), ids.max(), limit);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        page.add(row(rows));
      }
    }
    return page;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong(1),
        row.getObject(2, Integer.class),
        row.getObject(3, Integer.class),
        row.getObject(4, Long.class),
        row.getString(5),
        row.getString(6),
        text(row.getBytes(7)),
        row.getString(8),
        row.getObject(9, Long.class),
        row.getBoolean(10),
        instant(row, 11));
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  private PreparedStatement prepare(String sql, long... parameters) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
