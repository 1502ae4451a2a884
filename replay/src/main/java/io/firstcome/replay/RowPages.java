package io.firstcome.replay;

import io.firstcome.replay.Snapshot.IdRange;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The campaign's rows by id, a page at a time. A statement looks at a bounded number of ids,
 * however few of them are the campaign's, so none runs into the timeout of the connection.
 */
final class RowPages {
  private static final int ROWS_A_PAGE = 10_000;
  private static final long IDS_A_STATEMENT = 500_000;

  private final Snapshot tables;
  private final long campaignId;
  private final long lastId;
  private final Deque<Row> page = new ArrayDeque<>();
  private long nextId;

  private RowPages(Snapshot tables, long campaignId, IdRange ids) {
    this.tables = tables;
    this.campaignId = campaignId;
    this.nextId = ids.min();
    this.lastId = ids.max();
  }

  static RowPages of(Snapshot tables, long campaignId) throws SQLException {
    return new RowPages(tables, campaignId, tables.ids(campaignId).orElse(new IdRange(1, 0)));
  }

  /** The next row; null after the last one. */
  @Nullable Row next() throws SQLException {
    while (page.isEmpty() && nextId <= lastId) {
      long to = Math.min(lastId, nextId + IDS_A_STATEMENT - 1);
      page.addAll(tables.rows(campaignId, new IdRange(nextId, to), ROWS_A_PAGE));
      nextId = page.size() < ROWS_A_PAGE ? to + 1 : page.getLast().id() + 1;
    }
    return page.poll();
  }
}
