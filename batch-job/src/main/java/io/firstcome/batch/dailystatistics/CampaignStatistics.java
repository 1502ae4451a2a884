package io.firstcome.batch.dailystatistics;

import io.firstcome.core.campaign.BusinessDay;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The statements of the daily statistics. No method locks the row of a campaign. The index is named
 * where requests are counted, because MySQL sometimes takes the one of the users, which does not
 * cover the count.
 */
@Component
class CampaignStatistics {
  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final TransactionTemplate snapshot;

  CampaignStatistics(JdbcTemplate template, PlatformTransactionManager transactions) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
    this.transaction = new TransactionTemplate(transactions);
    transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    this.snapshot = new TransactionTemplate(transactions);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshot.setReadOnly(true);
  }

  /** The next campaigns by ascending id. */
  List<Campaign> campaignsAfter(long id, int max) {
    return jdbc.sql("SELECT id, name, time_zone FROM campaign WHERE id > ? ORDER BY id LIMIT ?")
        .params(id, max)
        .query((row, _) -> campaign(row.getLong(1), row.getString(2), row.getString(3)))
        .list();
  }

  Optional<Campaign> campaign(String name) {
    return jdbc.sql("SELECT id, name, time_zone FROM campaign WHERE name = ?")
        .param(name)
        .query((row, _) -> campaign(row.getLong(1), row.getString(2), row.getString(3)))
        .optional();
  }

  private static Campaign campaign(long id, String name, String timeZone) {
    return new Campaign(id, name, ZoneId.of(timeZone));
  }

  boolean databaseAnswers() {
    try {
      jdbc.sql("SELECT 1").query(Integer.class).single();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /**
   * Whether there is nothing to count: no day is out of date, and on the day that was asked for
   * there is neither a request nor a figure.
   */
  boolean isIdle(Campaign campaign, LocalDate asked) {
    var day = new BusinessDay(asked, campaign.timeZone());
    return jdbc.sql(
            """
            SELECT NOT (
              EXISTS (SELECT 1 FROM stats_pending WHERE campaign_id = :id)
              OR EXISTS (SELECT 1 FROM participation FORCE INDEX (participation_day)
                WHERE campaign_id = :id AND logged_at >= :start AND logged_at < :end)
              OR EXISTS (SELECT 1 FROM campaign_stats
                WHERE campaign_id = :id AND stat_date = :date))
            """)
        .param("id", campaign.id())
        .param("start", utc(day.start()))
        .param("end", utc(day.end()))
        .param("date", asked)
        .query(Boolean.class)
        .single();
  }

  /** What one aggregation counted. */
  record Counted(int days, long requests) {
    static final Counted NOTHING = new Counted(0, 0);
  }

  /**
   * Counts the days of a campaign anew, in one transaction. A campaign that is gone has none.
   *
   * <p>The first statement keeps a second run for this campaign waiting, so an older count never
   * overwrites a newer one. Days are taken off the list of those that are out of date last: only
   * from then on do decisions of the campaign wait for the commit, and only if nobody has decided
   * anything since the list was read.
   *
   * @throws org.springframework.dao.DataAccessException if nothing has changed
   */
  Counted aggregate(Campaign campaign, LocalDate asked) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          if (!lock(campaign.id())) {
            return Counted.NOTHING;
          }
          var pending = pending(campaign.id());
          var days = DaysToCount.of(asked, campaign.timeZone(), now(), pending.keySet());
          for (var day : days) {
            count(campaign, day);
          }
          long requests = requests(campaign.id(), days);
          pending.keySet().retainAll(days);
          clear(campaign.id(), pending);
          return new Counted(days.size(), requests);
        }));
  }

  private boolean lock(long id) {
    return jdbc.sql(
                """
                INSERT INTO stats_aggregation (campaign_id, aggregated_at)
                SELECT id, UTC_TIMESTAMP(6) FROM campaign WHERE id = ?
                ON DUPLICATE KEY UPDATE aggregated_at = VALUES(aggregated_at)
                """)
            .param(id)
            .update()
        > 0;
  }

  /** Days that are out of date, with the number of their changes. */
  private SortedMap<LocalDate, Long> pending(long id) {
    var pending = new TreeMap<LocalDate, Long>();
    jdbc.sql("SELECT stat_date, changes FROM stats_pending WHERE campaign_id = ?")
        .param(id)
        .query(row -> {
          pending.put(row.getObject(1, LocalDate.class), row.getLong(2));
        });
    return pending;
  }

  private Instant now() {
    return jdbc.sql("SELECT UTC_TIMESTAMP(6)")
        .query((row, _) -> row.getObject(1, LocalDateTime.class))
        .single()
        .toInstant(ZoneOffset.UTC);
  }

  private void count(Campaign campaign, LocalDate date) {
    var day = new BusinessDay(date, campaign.timeZone());
    int rows =
        jdbc.sql(
                """
                INSERT INTO campaign_stats
                  (stat_date, campaign_id, success_count, already_issued_count, out_of_stock_count)
                SELECT :date, :id, COUNT(CASE WHEN outcome = 'SUCCESS' THEN 1 END),
                  COUNT(CASE WHEN outcome = 'ALREADY_ISSUED' THEN 1 END),
                  COUNT(CASE WHEN outcome = 'OUT_OF_STOCK' THEN 1 END)
                FROM participation FORCE INDEX (participation_day)
                WHERE campaign_id = :id AND logged_at >= :start AND logged_at < :end
                  AND is_repeat = FALSE
                HAVING COUNT(*) > 0
                ON DUPLICATE KEY UPDATE success_count = VALUES(success_count),
                  already_issued_count = VALUES(already_issued_count),
                  out_of_stock_count = VALUES(out_of_stock_count)
                """)
            .param("date", date)
            .param("id", campaign.id())
            .param("start", utc(day.start()))
            .param("end", utc(day.end()))
            .update();
    if (rows == 0) {
      jdbc.sql("DELETE FROM campaign_stats WHERE stat_date = ? AND campaign_id = ?")
          .params(date, campaign.id())
          .update();
    }
  }

  private long requests(long id, SortedSet<LocalDate> days) {
    if (days.isEmpty()) {
      return 0;
    }
    return jdbc.sql(
            """
            SELECT COALESCE(SUM(success_count + already_issued_count + out_of_stock_count), 0)
            FROM campaign_stats WHERE campaign_id = :id AND stat_date IN (:days)
            """)
        .param("id", id)
        .param("days", days)
        .query(Long.class)
        .single();
  }

  /** By ascending day, as decisions mark them: so nobody waits for each other. */
  private void clear(long id, SortedMap<LocalDate, Long> days) {
    template.batchUpdate(
        "DELETE FROM stats_pending WHERE campaign_id = ? AND stat_date = ? AND changes = ?",
        List.copyOf(days.entrySet()),
        Math.max(1, days.size()),
        (PreparedStatement row, Map.Entry<LocalDate, Long> day) -> {
          row.setLong(1, id);
          row.setObject(2, day.getKey());
          row.setLong(3, day.getValue());
        });
  }

  /** Successes and fails as the campaign's row and as the statistics have them. */
  record Figures(long taken, long failed, long successes, long fails, int pendingDays) {
    boolean agree() {
      return taken == successes && failed == fails;
    }

    @Override
    public String toString() {
      return "%d successes and %d fails in the statistics, %d and %d in the campaign"
          .formatted(successes, fails, taken, failed);
    }
  }

  /**
   * Compares the statistics with the counters of the campaign, which are written in the transaction
   * of each decision, as the list of days that are out of date is. So in one snapshot they agree at
   * any moment: the days that are up to date by their figures, the others by their rows.
   *
   * @return the figures if they differ
   */
  Optional<Figures> difference(Campaign campaign) {
    // One statement is a snapshot of its own, and most campaigns have no day that is out of date.
    var figures = figures(campaign.id());
    if (figures != null && figures.pendingDays() > 0) {
      figures = snapshot.execute(_ -> figuresWithPending(campaign));
    }
    return Optional.ofNullable(figures).filter(it -> !it.agree());
  }

  private @Nullable Figures figuresWithPending(Campaign campaign) {
    var figures = figures(campaign.id());
    if (figures == null) {
      return null;
    }
    long successes = figures.successes();
    long fails = figures.fails();
    for (var date : pending(campaign.id()).keySet()) {
      var counted = countRows(campaign, date);
      successes += counted[0];
      fails += counted[1];
    }
    return new Figures(figures.taken(), figures.failed(), successes, fails, figures.pendingDays());
  }

  private long[] countRows(Campaign campaign, LocalDate date) {
    var day = new BusinessDay(date, campaign.timeZone());
    return jdbc.sql(
            """
            SELECT COUNT(CASE WHEN outcome = 'SUCCESS' THEN 1 END),
              COUNT(CASE WHEN outcome <> 'SUCCESS' THEN 1 END)
            FROM participation FORCE INDEX (participation_day)
            WHERE campaign_id = ? AND logged_at >= ? AND logged_at < ? AND is_repeat = FALSE
            """)
        .params(campaign.id(), utc(day.start()), utc(day.end()))
        .query((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
        .single();
  }

  /** Without the days that are out of date. */
  private @Nullable Figures figures(long id) {
    return jdbc.sql(
            """
            SELECT c.total_stock - c.remaining, c.failed, COALESCE(SUM(s.success_count), 0),
              COALESCE(SUM(s.already_issued_count + s.out_of_stock_count), 0),
              (SELECT COUNT(*) FROM stats_pending p WHERE p.campaign_id = c.id)
            FROM campaign c
            LEFT JOIN campaign_stats s ON s.campaign_id = c.id AND NOT EXISTS (
              SELECT 1 FROM stats_pending p
              WHERE p.campaign_id = s.campaign_id AND p.stat_date = s.stat_date)
            WHERE c.id = ?
            GROUP BY c.id, c.total_stock, c.remaining, c.failed
            """)
        .param(id)
        .query((row, _) ->
            new Figures(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getInt(5)))
        .optional()
        .orElse(null);
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
