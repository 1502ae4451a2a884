package io.firstcome.api.participation;

import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.ledger.FailedTransaction;
import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.place.Place;
import io.firstcome.core.rule.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * The same decision made in the request, one transaction each: exact too, but every request waits
 * for the campaign's row in turn. It is here to be compared with the log.
 */
@Component
final class SyncDecisions {
  // The rest of the pool stays free for those who only read.
  private static final int AT_ONCE_MAX = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES_MAX = 5;

  private final DataSource dataSource;
  private final CampaignDirectory campaigns;
  private final Semaphore turns = new Semaphore(AT_ONCE_MAX, true);

  SyncDecisions(DataSource dataSource, CampaignDirectory campaigns) {
    this.dataSource = dataSource;
    this.campaigns = campaigns;
  }

  /**
   * Decides one request now.
   *
   * @return the place of the decision's row
   * @throws ProblemException if the campaign is gone, too many wait, or the database does not
   *     answer
   */
  Place decide(long campaignId, Request request) {
    takeTurn();
    try {
      for (int left = TRIES_MAX; ; left--) {
        try {
          return decideOnce(campaignId, request);
        } catch (SQLTransientException e) {
          // A deadlock or a lock that took too long: rolled back whole, so it is tried from the
          // start.
          if (left == 1) {
            throw unavailable("The decision was not made: try again.", e);
          }
        }
      }
    } catch (SQLException e) {
      throw unavailable(
          "The database has not answered, so it is unknown whether the request was decided."
              + " Sending it again with the same Idempotency-Key is safe: it counts once.",
          e);
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "Too many requests wait for the database. This one was not taken: send it again.")
            .retryAfter(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("The server is stopping. The request was not taken.", e);
    }
  }

  private Place decideOnce(long campaignId, Request request) throws SQLException {
    try (var tx = dataSource.getConnection()) {
      tx.setAutoCommit(false);
      try {
        var logged = new LoggedRequest(0, campaigns.databaseNow(), campaignId, request);
        if (Ledger.decide(tx, null, List.of(logged)).decided().isEmpty()) {
          throw CampaignDirectory.notFound();
        }
        var place = Place.ofSyncDecision(campaignId, lastInsertId(tx));
        tx.commit();
        return place;
      } catch (SQLException | RuntimeException e) {
        FailedTransaction.rollBack(tx, e);
        throw e;
      }
    }
  }

  private static long lastInsertId(Connection tx) throws SQLException {
    try (var statement = tx.prepareStatement("SELECT LAST_INSERT_ID()");
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static ProblemException unavailable(String detail, Exception cause) {
    return new ProblemException(ErrorCode.DATABASE_UNAVAILABLE, detail, cause)
        .retryAfter(Duration.ofSeconds(1));
  }
}
