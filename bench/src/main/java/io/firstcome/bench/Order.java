package io.firstcome.bench;

import io.firstcome.bench.Stage.Campaign;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;

/** How far the order of the decisions is the order in which the log took the requests. */
final class Order {
  private Order() {}

  /**
   * The share of records that were not decided before one that the log took earlier, in whichever
   * partition. As the product's order analysis, but two records of one millisecond are in order
   * whichever was decided first.
   *
   * @param table participation or baseline_result
   */
  static double accuracy(Connection connection, String table, Campaign campaign)
      throws SQLException {
    var times = new ArrayList<Long>();
    var sql = "SELECT logged_at FROM " + table + " WHERE campaign_id = ? ORDER BY id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, campaign.id());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          times.add(rows.getTimestamp(1).getTime());
        }
      }
    }
    long earliestLater = Long.MAX_VALUE;
    int inOrder = 0;
    for (int i = times.size() - 1; i >= 0; i--) {
      inOrder += times.get(i) <= earliestLater ? 1 : 0;
      earliestLater = Math.min(earliestLater, times.get(i));
    }
    return 100.0 * inOrder / times.size();
  }

  /** How many decisions a transaction had on average. */
  static double batchSize(Connection connection, Campaign campaign) throws SQLException {
    var sql =
        "SELECT COUNT(*) / COUNT(DISTINCT decided_at) FROM participation WHERE campaign_id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, campaign.id());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getDouble(1);
      }
    }
  }
}
