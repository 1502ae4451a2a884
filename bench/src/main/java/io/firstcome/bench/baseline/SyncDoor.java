package io.firstcome.bench.baseline;

import io.firstcome.bench.baseline.Answers.Asked;
import io.firstcome.bench.baseline.Answers.Taken;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * B0: decides while the participant waits. Locks the stock, takes one, writes the row, all in one
 * transaction. The pool is small on purpose: more connections would only queue for the same row.
 */
@RestController
class SyncDoor {
  private final DataSource dataSource;

  SyncDoor(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @PostMapping("/api/campaigns/{campaign}/participation")
  Taken participate(@PathVariable long campaign, @RequestBody Asked asked) throws SQLException {
    try (var tx = dataSource.getConnection()) {
      try {
        boolean won = take(tx, campaign);
        keep(tx, campaign, asked.userId(), Answers.outcome(won));
        tx.commit();
        return new Taken(asked.userId(), Answers.outcome(won));
      } catch (SQLException e) {
        tx.rollback();
        throw e;
      }
    }
  }

  private static boolean take(Connection tx, long campaign) throws SQLException {
    var lock = "SELECT remaining FROM baseline_stock WHERE campaign_id = ? FOR UPDATE";
    try (var statement = tx.prepareStatement(lock)) {
      statement.setLong(1, campaign);
      try (var rows = statement.executeQuery()) {
        if (!rows.next() || rows.getLong(1) == 0) {
          return false;
        }
      }
    }
    var take = "UPDATE baseline_stock SET remaining = remaining - 1 WHERE campaign_id = ?";
    try (var statement = tx.prepareStatement(take)) {
      statement.setLong(1, campaign);
      return statement.executeUpdate() == 1;
    }
  }

  /** Writes a result that did not come from the log. */
  static void keep(Connection tx, long campaign, String user, String outcome) throws SQLException {
    var sql =
        "INSERT INTO baseline_result (campaign_id, user_id, outcome, decided_at)"
            + " VALUES (?, ?, ?, UTC_TIMESTAMP(6))";
    try (var statement = tx.prepareStatement(sql)) {
      statement.setLong(1, campaign);
      statement.setString(2, user);
      statement.setString(3, outcome);
      statement.executeUpdate();
    }
  }
}
