package io.firstcome.bench;

import io.firstcome.bench.Stage.Campaign;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What must be true of a run before its figures count. Ours is void if a winner, the stock, the
 * order or a row is wrong; of a baseline it is told how many it has sold too many.
 */
final class Gate {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Stage stage;
  private final Duration patience;

  Gate(Stage stage) {
    this(stage, PATIENCE);
  }

  /** As the other, for tests that do not wait long for what never comes. */
  Gate(Stage stage, Duration patience) {
    this.stage = stage;
    this.patience = patience;
  }

  /**
   * Checks a campaign of ours, as soon as everything in its log is decided.
   *
   * @param accepted how many were told that they have a place
   * @param sent how many have asked; who was told nothing may be in the log or not
   * @throws InvalidRunException if anything is wrong
   */
  void checkFirstcome(Campaign campaign, long accepted, long sent)
      throws SQLException, InterruptedException {
    try (var connection = stage.connect();
        var statement = connection.createStatement()) {
      awaitRows(statement, "participation", campaign, accepted, 3);
      // All that follows is read from one state of the tables.
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      long rows = query(statement, "SELECT COUNT(*) FROM participation WHERE %s", campaign);
      require(rows <= sent, "more rows than requests", rows, sent);
      long winners =
          query(
              statement,
              "SELECT COUNT(*) FROM participation WHERE %s AND outcome = 'SUCCESS'",
              campaign);
      long expected = Math.min(campaign.stock(), rows);
      require(winners == expected, "winners", winners, expected);
      long users =
          query(statement, "SELECT COUNT(DISTINCT user_id) FROM participation WHERE %s", campaign);
      require(users == rows, "rows for one user", rows, users);
      long remaining =
          Stage.number(statement, "SELECT remaining FROM campaign WHERE id = " + campaign.id());
      require(
          remaining == campaign.stock() - winners,
          "remaining stock",
          remaining,
          campaign.stock() - winners);
      long failed =
          Stage.number(statement, "SELECT failed FROM campaign WHERE id = " + campaign.id());
      require(failed == rows - winners, "counted failures", failed, rows - winners);
      checkOrder(statement, campaign, winners);
    }
  }

  /** Inside a partition, decisions stand in the order of the log; ranks in that of decisions. */
  private static void checkOrder(Statement statement, Campaign campaign, long winners)
      throws SQLException {
    long inversions =
        query(
            statement,
            """
            SELECT COUNT(*) FROM (
              SELECT log_offset,
                LAG(log_offset) OVER (PARTITION BY part ORDER BY id) AS before_it
              FROM participation WHERE %s) AS ordered
            WHERE log_offset <= before_it\
            """,
            campaign);
    require(inversions == 0, "records decided before an earlier one", inversions, 0);
    // Nobody takes part twice here, so the first that were decided are the winners, and on one
    // partition these are the first of the log.
    long wrong =
        query(
            statement,
            """
            SELECT COUNT(*) FROM (
              SELECT success_rank, ROW_NUMBER() OVER (ORDER BY id) AS place
              FROM participation WHERE %s) AS ordered
            WHERE NOT (success_rank <=> IF(place <=\
            """
                + winners
                + ", place, NULL))",
            campaign);
    require(wrong == 0, "decisions whose rank is not their place", wrong, 0);
  }

  /** Waits until everybody who was told that they have a place, or a result, has a row. */
  void awaitWritten(String variant, Campaign campaign, long accepted)
      throws SQLException, InterruptedException {
    var table = variant.equals(Doors.OURS) ? "participation" : "baseline_result";
    try (var connection = stage.connect();
        var statement = connection.createStatement()) {
      awaitRows(statement, table, campaign, accepted, 1);
    }
  }

  /**
   * Waits until a baseline has written all its rows.
   *
   * @return how many it has sold that were not there
   */
  long oversold(Campaign campaign, long accepted) throws SQLException, InterruptedException {
    try (var connection = stage.connect();
        var statement = connection.createStatement()) {
      awaitRows(statement, "baseline_result", campaign, accepted, 3);
      long winners =
          query(
              statement,
              "SELECT COUNT(*) FROM baseline_result WHERE %s AND outcome = 'SUCCESS'",
              campaign);
      return Math.max(0, winners - campaign.stock());
    }
  }

  /**
   * @param looks how often in a row the number must be the same: requests that nobody waited for
   *     may still be on their way
   */
  private void awaitRows(
      Statement statement, String table, Campaign campaign, long accepted, int looks)
      throws SQLException, InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    long rows = -1;
    int same = 0;
    while (System.nanoTime() < giveUp) {
      long before = rows;
      rows = query(statement, "SELECT COUNT(*) FROM " + table + " WHERE %s", campaign);
      same = rows == before ? same + 1 : 1;
      if (rows >= accepted && same >= looks) {
        return;
      }
      Thread.sleep(60);
    }
    throw new InvalidRunException(
        "%s: %d of %d accepted requests have a row".formatted(campaign.name(), rows, accepted));
  }

  private static long query(Statement statement, String query, Campaign campaign)
      throws SQLException {
    return Stage.number(statement, query.formatted("campaign_id = " + campaign.id()));
  }

  private static void require(boolean isTrue, String what, long found, long expected) {
    if (!isTrue) {
      throw new InvalidRunException("%s: %d, expected %d".formatted(what, found, expected));
    }
  }
}
