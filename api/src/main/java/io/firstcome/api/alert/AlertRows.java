package io.firstcome.api.alert;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The alerts, and which of them have gone out through which channel. */
@Component
class AlertRows {
  private static final String WAITING = " WHERE channel = :channel AND state = 'WAITING' ";

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;

  AlertRows(JdbcClient jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * What waits for a channel.
   *
   * @param count how many alerts
   * @param lastId the newest of them
   * @param attempts how often the one that failed most has been tried
   * @param due false while the channel is left alone after a failure
   */
  record Waiting(long count, long lastId, int attempts, boolean due) {}

  /** Whether the problem is new; then its alert waits for each of the channels. */
  boolean add(Alert alert, List<String> channels) {
    if (isKnown(alert.problem())) {
      return false;
    }
    try {
      transactions.executeWithoutResult(_ -> {
        long id = insert(alert);
        channels.forEach(channel -> insertDelivery(id, channel));
      });
      return true;
    } catch (DuplicateKeyException e) {
      // Another process was at it, which the lock makes rare but not impossible.
      return false;
    }
  }

  private boolean isKnown(String problem) {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM alert WHERE problem = :problem)")
        .param("problem", problem)
        .query(Boolean.class)
        .single();
  }

  private long insert(Alert alert) {
    var key = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO alert (problem, kind, title, details, link, raised_at)
            VALUES (:problem, :kind, :title, :details, :link, UTC_TIMESTAMP(6))
            """)
        .param("problem", alert.problem())
        .param("kind", alert.kind().name())
        .param("title", alert.title())
        .param("details", alert.details())
        .param("link", alert.link())
        .update(key);
    return Objects.requireNonNull(key.getKey()).longValue();
  }

  private void insertDelivery(long id, String channel) {
    jdbc.sql(
            """
            INSERT INTO alert_delivery (alert_id, channel, state, attempts, next_attempt_at)
            VALUES (:id, :channel, 'WAITING', 0, UTC_TIMESTAMP(6))
            """)
        .param("id", id)
        .param("channel", channel)
        .update();
  }

  Waiting waiting(String channel) {
    return jdbc.sql(
            """
            SELECT COUNT(*) AS n, COALESCE(MAX(alert_id), 0) AS last_id,
                   COALESCE(MAX(attempts), 0) AS attempts,
                   COALESCE(MAX(next_attempt_at) <= UTC_TIMESTAMP(6), FALSE) AS due
              FROM alert_delivery\
            """
                + WAITING)
        .param("channel", channel)
        .query((row, _) ->
            new Waiting(
                row.getLong("n"),
                row.getLong("last_id"),
                row.getInt("attempts"),
                row.getBoolean("due")))
        .single();
  }

  /** The oldest that wait. */
  List<Alert> oldest(String channel, int max) {
    return jdbc.sql(
            "SELECT a.* FROM alert_delivery d JOIN alert a ON a.id = d.alert_id"
                + WAITING
                + "ORDER BY a.id LIMIT :max")
        .param("channel", channel)
        .param("max", max)
        .query((row, _) ->
            new Alert(
                row.getString("problem"),
                AlertKind.valueOf(row.getString("kind")),
                row.getString("title"),
                row.getString("details"),
                row.getString("link")))
        .list();
  }

  /**
   * Notes that a message is about to be sent, unless the channel has had so many within the last
   * hour.
   */
  boolean beginAttempt(String channel, int perHour) {
    jdbc.sql(
            """
            DELETE FROM alert_attempt
             WHERE channel = :channel AND at <= UTC_TIMESTAMP(6) - INTERVAL 1 HOUR
            """)
        .param("channel", channel)
        .update();
    long tried =
        jdbc.sql("SELECT COUNT(*) FROM alert_attempt WHERE channel = :channel")
            .param("channel", channel)
            .query(Long.class)
            .single();
    if (tried >= perHour) {
      return false;
    }
    jdbc.sql("INSERT INTO alert_attempt (channel, at) VALUES (:channel, UTC_TIMESTAMP(6))")
        .param("channel", channel)
        .update();
    return true;
  }

  void sent(String channel, Waiting waiting) {
    jdbc.sql(
            """
            UPDATE alert_delivery
               SET state = 'SENT', attempts = attempts + 1, sent_at = UTC_TIMESTAMP(6)\
            """
                + WAITING
                + "AND alert_id <= :last")
        .param("channel", channel)
        .param("last", waiting.lastId())
        .update();
  }

  void failed(String channel, Waiting waiting, String reason, Duration pause) {
    jdbc.sql(
            """
            UPDATE alert_delivery
               SET attempts = attempts + 1, last_error = :reason,
                   next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL :pause MICROSECOND\
            """
                + WAITING
                + "AND alert_id <= :last")
        .param("channel", channel)
        .param("reason", reason)
        .param("pause", pause.toNanos() / 1000)
        .param("last", waiting.lastId())
        .update();
  }

  /** Gives up what has been tried and was raised longer than a day ago; returns how many. */
  int giveUp(String channel) {
    return jdbc.sql(
            """
            UPDATE alert_delivery d JOIN alert a ON a.id = d.alert_id
               SET d.state = 'GIVEN_UP'
             WHERE d.channel = :channel AND d.state = 'WAITING' AND d.attempts > 0
               AND a.raised_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY
            """)
        .param("channel", channel)
        .update();
  }
}
