package io.firstcome.consumer;

import io.firstcome.consumer.Batch.DeadLetter;
import io.firstcome.core.ledger.FailedTransaction;
import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LedgerResult.Decided;
import io.firstcome.core.ledger.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch of one partition in one transaction: the fence and the next offset first, then the
 * decisions, then what could not be read. Either all of it is committed or nothing.
 *
 * <p>The fence is a compare-and-set on the partition's row, so it is also the lock that keeps a
 * second writer out until the commit. See docs/architecture.md, "One batch".
 */
final class BatchWriter {
  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);
  private static final int REASON_LENGTH_MAX = 500;
  private static final int KEY_BYTES_MAX = 1024;
  private static final int LOGGED_LETTERS_MAX = 10;

  private final DataSource dataSource;
  private final ScheduledExecutorService alarms;
  private final Duration deadline;
  private final ConsumerMetrics metrics;

  BatchWriter(
      DataSource dataSource,
      ScheduledExecutorService alarms,
      Duration deadline,
      ConsumerMetrics metrics) {
    this.dataSource = dataSource;
    this.alarms = alarms;
    this.deadline = deadline;
    this.metrics = metrics;
  }

  /**
   * Decides the batch. A record that makes the decision fail is searched for by halving, and ends
   * among the dead letters; its neighbours get their results.
   *
   * @return the ownership after the batch
   * @throws FencedException if the partition is not ours any more; nothing has changed
   * @throws UnknownCommitException if the commit's answer was lost
   * @throws SQLException if the database cannot do it now; nothing has changed
   */
  Ownership write(Ownership ownership, Batch batch) throws FencedException, SQLException {
    try {
      return commit(ownership, batch, null);
    } catch (SQLException | RuntimeException e) {
      if (!FailedTransaction.isCausedByData(e)) {
        throw e;
      }
      if (batch.records().size() > 1) {
        log.warn("Looking for the record that fails in {} records", batch.records().size(), e);
        return write(write(ownership, batch.firstHalf()), batch.secondHalf());
      }
      log.warn("This record cannot be decided", e);
      return commit(ownership, batch, reason(e));
    }
  }

  /** For operators; the failure itself, which names tables and classes, is in the log. */
  private static String reason(Exception failure) {
    return failure instanceof SQLException sql
        ? "deciding it failed: the database refused it with SQL state " + sql.getSQLState()
        : "deciding it failed: an error of ours, see the consumer's log";
  }

  /**
   * @param undecidableBecause if not null, the batch's one record is not even tried
   */
  private Ownership commit(Ownership ownership, Batch batch, @Nullable String undecidableBecause)
      throws FencedException, SQLException {
    long started = System.nanoTime();
    try (var tx = dataSource.getConnection()) {
      // Whatever hangs, hangs for less than the poll interval: the partition is not lost to it.
      var alarm = alarms.schedule(() -> abort(tx), deadline.toMillis(), TimeUnit.MILLISECONDS);
      try {
        tx.setAutoCommit(false);
        passFence(tx, ownership, batch);
        var decided = new ArrayList<Decided>();
        var deadLetters = new ArrayList<DeadLetter>();
        if (undecidableBecause == null) {
          decide(tx, ownership.source(), batch, decided, deadLetters);
        } else if (!hasResult(tx, ownership.source(), batch.records().getFirst().offset())) {
          deadLetters.add(new DeadLetter(batch.records().getFirst(), null, undecidableBecause));
        }
        insert(tx, ownership.source(), deadLetters);
        commit(tx, ownership, batch);
        metrics.committed(decided, deadLetters.size(), System.nanoTime() - started);
        logDeadLetters(deadLetters);
      } catch (FencedException | SQLException | RuntimeException e) {
        FailedTransaction.rollBack(tx, e);
        throw e;
      } finally {
        alarm.cancel(false);
      }
    }
    return ownership.movedTo(batch.end(), batch.leaderEpoch());
  }

  private static void passFence(Connection tx, Ownership ownership, Batch batch)
      throws SQLException, FencedException {
    var sql =
        "UPDATE consumer_offset SET next_offset = ?, leader_epoch = ?"
            + " WHERE topic_id = ? AND part = ? AND owner_epoch = ? AND next_offset = ?";
    try (var statement = tx.prepareStatement(sql)) {
      statement.setLong(1, batch.end());
      statement.setObject(2, batch.leaderEpoch());
      statement.setInt(3, ownership.source().topicId());
      statement.setInt(4, ownership.source().partition());
      statement.setLong(5, ownership.epoch());
      statement.setLong(6, ownership.nextOffset());
      if (statement.executeUpdate() != 1) {
        throw new FencedException(ownership);
      }
    }
  }

  private static void decide(
      Connection tx,
      Source source,
      Batch batch,
      List<Decided> decided,
      List<DeadLetter> deadLetters)
      throws SQLException {
    var content = batch.content();
    deadLetters.addAll(content.unreadable());
    if (content.requests().isEmpty()) {
      return;
    }
    var result = Ledger.decide(tx, source, content.requests());
    decided.addAll(result.decided());
    for (var one : result.undecidable()) {
      var request = one.request();
      deadLetters.add(
          new DeadLetter(batch.recordAt(request.offset()), request.campaignId(), one.reason()));
    }
  }

  /** After somebody has set the offset back, a record that failed may just have its result. */
  private static boolean hasResult(Connection tx, Source source, long offset) throws SQLException {
    var sql =
        "SELECT 1 FROM participation WHERE topic_id = ? AND part = ? AND log_offset = ?"
            + " UNION ALL SELECT 1 FROM dead_letter WHERE topic_id = ? AND part = ?"
            + " AND log_offset = ?";
    try (var statement = tx.prepareStatement(sql)) {
      for (int i = 0; i < 6; i += 3) {
        statement.setInt(i + 1, source.topicId());
        statement.setInt(i + 2, source.partition());
        statement.setLong(i + 3, offset);
      }
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void insert(Connection tx, Source source, List<DeadLetter> deadLetters)
      throws SQLException {
    var sql =
        "INSERT INTO dead_letter (topic_id, part, log_offset, campaign_id, record_key, payload,"
            + " reason, logged_at, found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))";
    try (var statement = tx.prepareStatement(sql)) {
      for (var letter : deadLetters) {
        var record = letter.record();
        var reason = letter.reason();
        statement.setInt(1, source.topicId());
        statement.setInt(2, source.partition());
        statement.setLong(3, record.offset());
        statement.setObject(4, letter.campaignId());
        statement.setBytes(5, cut(record.key()));
        statement.setBytes(6, record.value());
        statement.setString(7, reason.substring(0, Math.min(reason.length(), REASON_LENGTH_MAX)));
        statement.setObject(8, LocalDateTime.ofInstant(Batch.loggedAt(record), ZoneOffset.UTC));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static byte @Nullable [] cut(byte @Nullable [] key) {
    return key == null || key.length <= KEY_BYTES_MAX ? key : Arrays.copyOf(key, KEY_BYTES_MAX);
  }

  private static void commit(Connection tx, Ownership ownership, Batch batch)
      throws UnknownCommitException {
    try {
      tx.commit();
    } catch (SQLException e) {
      throw new UnknownCommitException(ownership.nextOffset(), batch.end(), e);
    }
  }

  private static void abort(Connection tx) {
    try {
      log.warn("A batch has passed its deadline: its connection is cut");
      tx.abort(Runnable::run);
    } catch (SQLException e) {
      log.warn("The connection of a late batch cannot be cut", e);
    }
  }

  private static void logDeadLetters(List<DeadLetter> deadLetters) {
    for (var letter : deadLetters.subList(0, Math.min(deadLetters.size(), LOGGED_LETTERS_MAX))) {
      log.warn(
          "Dead letter: {}-{} offset {}: {}",
          letter.record().topic(),
          letter.record().partition(),
          letter.record().offset(),
          letter.reason());
    }
    if (deadLetters.size() > LOGGED_LETTERS_MAX) {
      log.warn("{} dead letters in this batch, not all are listed here", deadLetters.size());
    }
  }
}
