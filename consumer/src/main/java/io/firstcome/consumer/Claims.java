package io.firstcome.consumer;

import io.firstcome.core.ledger.FailedTransaction;
import io.firstcome.core.ledger.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes partitions over. A claim waits for a transaction that is still running under an earlier
 * claim, then makes every later one of it fail, and tells where to go on. So one claim is also the
 * whole recovery: from a crash, from a lost connection, from a commit whose answer was lost.
 */
final class Claims {
  private final DataSource dataSource;
  private final String owner;

  Claims(DataSource dataSource, String owner) {
    this.dataSource = dataSource;
    this.owner = owner;
  }

  sealed interface Claim {
    record Granted(Ownership ownership) implements Claim {}

    /** A person must look: reading on would skip or repeat requests. */
    record Refused(String reason) implements Claim {}

    /** The topic is not registered yet, as happens just after it was made. */
    record TooEarly() implements Claim {}
  }

  /**
   * Claims a partition.
   *
   * @param topicUuid the id of the topic that Kafka serves under this name now
   * @param beginning the log's first offset
   */
  Claim claim(String topic, int partition, String topicUuid, long beginning) throws SQLException {
    try (var tx = dataSource.getConnection()) {
      tx.setAutoCommit(false);
      try {
        var claim = claim(tx, new Log(topic, partition, topicUuid, beginning));
        tx.commit();
        return claim;
      } catch (SQLException | RuntimeException e) {
        FailedTransaction.rollBack(tx, e);
        throw e;
      }
    }
  }

  private record Log(String topic, int partition, String topicUuid, long beginning) {}

  private Claim claim(Connection tx, Log log) throws SQLException {
    int topicId;
    try (var statement = tx.prepareStatement("SELECT id, uuid FROM topic WHERE name = ?")) {
      statement.setString(1, log.topic());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return new Claim.TooEarly();
        }
        topicId = rows.getInt(1);
        if (!Objects.equals(rows.getString(2), log.topicUuid())) {
          return new Claim.Refused(
              "the topic was deleted and made again: the stored offsets belong to the old log");
        }
      }
    }
    var source = new Source(topicId, log.partition());
    if (!raiseEpoch(tx, source)) {
      if (log.beginning() != 0) {
        return new Claim.Refused(
            "nothing of the partition has been decided, but its log begins at offset "
                + log.beginning());
      }
      insertAtZero(tx, source);
    }
    return new Claim.Granted(Objects.requireNonNull(read(tx, source)));
  }

  private boolean raiseEpoch(Connection tx, Source source) throws SQLException {
    var sql =
        "UPDATE consumer_offset SET owner_epoch = owner_epoch + 1, owner = ?"
            + " WHERE topic_id = ? AND part = ?";
    try (var statement = tx.prepareStatement(sql)) {
      statement.setString(1, owner);
      statement.setInt(2, source.topicId());
      statement.setInt(3, source.partition());
      return statement.executeUpdate() == 1;
    }
  }

  private void insertAtZero(Connection tx, Source source) throws SQLException {
    var sql =
        "INSERT INTO consumer_offset (topic_id, part, next_offset, owner_epoch, owner)"
            + " VALUES (?, ?, 0, 1, ?)";
    try (var statement = tx.prepareStatement(sql)) {
      statement.setInt(1, source.topicId());
      statement.setInt(2, source.partition());
      statement.setString(3, owner);
      statement.executeUpdate();
    }
  }

  private static @Nullable Ownership read(Connection tx, Source source) throws SQLException {
    var sql =
        "SELECT owner_epoch, next_offset, leader_epoch FROM consumer_offset"
            + " WHERE topic_id = ? AND part = ?";
    try (var statement = tx.prepareStatement(sql)) {
      statement.setInt(1, source.topicId());
      statement.setInt(2, source.partition());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return null;
        }
        return new Ownership(
            source, rows.getLong(1), rows.getLong(2), rows.getObject(3, Integer.class));
      }
    }
  }
}
