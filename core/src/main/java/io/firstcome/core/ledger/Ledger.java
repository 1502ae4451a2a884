package io.firstcome.core.ledger;

import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.core.ledger.LedgerResult.Decided;
import io.firstcome.core.ledger.LedgerResult.Undecidable;
import io.firstcome.core.rule.CampaignState;
import io.firstcome.core.rule.CampaignState.Earlier;
import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.ParticipationRule;
import io.firstcome.core.rule.Request;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests and writes the decisions, all inside a transaction that the caller has opened
 * (READ COMMITTED) and will commit. Everything that decides goes through here, so the order of the
 * locks and the statements is the same everywhere:
 *
 * <ol>
 *   <li>lock the campaigns' rows, by ascending id; from here on nobody else decides for them
 *   <li>read which of these users are in already: after the lock, so that no decision of another
 *       partition or of the sync path is missed
 *   <li>the rule
 *   <li>take the stock, guarded; write one row a request, in order; count the rate; mark the days
 *       whose statistics are out of date now
 * </ol>
 */
public final class Ledger {
  /** The seconds that {@code campaign_rate} remembers. */
  public static final int RATE_SECONDS = 300;

  // MariaDB turns IN lists of 1,000 and more into a join with a temporary table.
  private static final int KEYS_A_QUERY_MAX = 900;

  private Ledger() {}

  /**
   * Decides the requests in their order.
   *
   * @param source the partition they come from, or null for requests that did not go through the
   *     log; a campaign that takes its requests from another topic makes them undecidable
   * @throws SQLException from the database; the transaction must then be rolled back
   */
  public static LedgerResult decide(
      Connection tx, @Nullable Source source, List<LoggedRequest> requests) throws SQLException {
    SortedMap<Long, List<LoggedRequest>> byCampaign = new TreeMap<>();
    for (var request : requests) {
      byCampaign.computeIfAbsent(request.campaignId(), id -> new ArrayList<>()).add(request);
    }
    var campaigns = lockCampaigns(tx, new ArrayList<>(byCampaign.keySet()));
    var undecidable = new ArrayList<Undecidable>();
    for (var id : List.copyOf(byCampaign.keySet())) {
      var reason = reasonNotToDecide(campaigns.get(id), source);
      if (reason != null) {
        for (var request : Objects.requireNonNull(byCampaign.remove(id))) {
          undecidable.add(new Undecidable(request, reason));
        }
      }
    }
    undecidable.sort((a, b) -> Long.compare(a.request().offset(), b.request().offset()));

    var decidedAt = databaseTime(tx);
    var decisions = applyRule(tx, campaigns, byCampaign);
    var decided = new ArrayList<Decided>(requests.size());
    for (var request : requests) {
      var decision = decisions.get(request);
      if (decision != null) {
        decided.add(new Decided(request, decision));
      }
    }
    takeStock(tx, decided);
    DecisionRows.insert(tx, source, decided, _ -> decidedAt);
    countRate(tx, decided, decidedAt);
    markPending(tx, campaigns, decided, decidedAt);
    return new LedgerResult(decided, undecidable, decidedAt);
  }

  /**
   * Writes the past of one campaign: as {@link #decide} for requests that did not go through the
   * log, but with the times of then. They are not counted in the rate, which is about now.
   *
   * @param decidedAt when a request was decided, from the time at which it was logged
   * @return how many were decided: all, or none if there is no such campaign (any more)
   * @throws SQLException from the database; the transaction must then be rolled back
   */
  public static int decidePast(
      Connection tx,
      long campaignId,
      List<LoggedRequest> requests,
      UnaryOperator<Instant> decidedAt)
      throws SQLException {
    var campaigns = lockCampaigns(tx, List.of(campaignId));
    if (campaigns.isEmpty()) {
      return 0;
    }
    var decisions = applyRule(tx, campaigns, new TreeMap<>(Map.of(campaignId, requests)));
    var decided =
        requests.stream()
            .map(request -> new Decided(request, Objects.requireNonNull(decisions.get(request))))
            .toList();
    takeStock(tx, decided);
    DecisionRows.insert(tx, null, decided, request -> decidedAt.apply(request.loggedAt()));
    markPending(tx, campaigns, decided, databaseTime(tx));
    return decided.size();
  }

  private record LockedCampaign(
      boolean repeatable, long totalStock, long remaining, int topicId, ZoneId timeZone) {}

  private static @Nullable String reasonNotToDecide(
      @Nullable LockedCampaign campaign, @Nullable Source source) {
    if (campaign == null) {
      return "the campaign does not exist (any more)";
    }
    if (source != null && campaign.topicId() != source.topicId()) {
      return "the campaign takes its requests from another topic";
    }
    return null;
  }

  private static Map<Long, LockedCampaign> lockCampaigns(Connection tx, List<Long> ids)
      throws SQLException {
    Map<Long, LockedCampaign> campaigns = new HashMap<>();
    for (var chunk : chunks(ids, KEYS_A_QUERY_MAX)) {
      var sql =
          "SELECT id, repeatable, total_stock, remaining, topic_id, time_zone FROM campaign"
              + " WHERE id IN ("
              + marks(chunk.size())
              + ") ORDER BY id FOR UPDATE";
      try (var statement = tx.prepareStatement(sql)) {
        for (int i = 0; i < chunk.size(); i++) {
          statement.setLong(i + 1, chunk.get(i));
        }
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            campaigns.put(
                rows.getLong(1),
                new LockedCampaign(
                    rows.getBoolean(2),
                    rows.getLong(3),
                    rows.getLong(4),
                    rows.getInt(5),
                    ZoneId.of(rows.getString(6))));
          }
        }
      }
    }
    return campaigns;
  }

  private static Instant databaseTime(Connection tx) throws SQLException {
    try (var statement = tx.prepareStatement("SELECT UTC_TIMESTAMP(6)");
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
  }

  private static Map<LoggedRequest, Decision> applyRule(
      Connection tx,
      Map<Long, LockedCampaign> campaigns,
      SortedMap<Long, List<LoggedRequest>> byCampaign)
      throws SQLException {
    var decisions = new IdentityHashMap<LoggedRequest, Decision>();
    for (var entry : byCampaign.entrySet()) {
      var campaign = Objects.requireNonNull(campaigns.get(entry.getKey()));
      var requests = entry.getValue().stream().map(LoggedRequest::request).toList();
      var earlier = readEarlier(tx, entry.getKey(), campaign.repeatable(), requests);
      var state =
          new CampaignState(
              campaign.repeatable(), campaign.totalStock(), campaign.remaining(), earlier);
      var decided = ParticipationRule.decide(state, requests);
      for (int i = 0; i < decided.size(); i++) {
        decisions.put(entry.getValue().get(i), decided.get(i));
      }
    }
    return decisions;
  }

  private static Map<String, Earlier> readEarlier(
      Connection tx, long campaignId, boolean repeatable, List<Request> requests)
      throws SQLException {
    var keys =
        requests.stream()
            .map(request -> request.dedupKey(repeatable))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    Map<String, Earlier> earlier = new HashMap<>();
    for (var chunk : chunks(keys, KEYS_A_QUERY_MAX)) {
      var sql =
          "SELECT dedup_key, outcome, success_rank, idempotency_key FROM participation"
              + " WHERE campaign_id = ? AND dedup_key IN ("
              + marks(chunk.size())
              + ")";
      try (var statement = tx.prepareStatement(sql)) {
        statement.setLong(1, campaignId);
        for (int i = 0; i < chunk.size(); i++) {
          statement.setBytes(i + 2, bytes(chunk.get(i)));
        }
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            earlier.put(
                new String(rows.getBytes(1), StandardCharsets.UTF_8),
                new Earlier(
                    Outcome.valueOf(rows.getString(2)), rows.getLong(3), rows.getString(4)));
          }
        }
      }
    }
    return earlier;
  }

  private static void takeStock(Connection tx, List<Decided> decided) throws SQLException {
    SortedMap<Long, long[]> takenAndFailed = new TreeMap<>();
    for (var one : decided) {
      var counts = takenAndFailed.computeIfAbsent(one.request().campaignId(), id -> new long[2]);
      counts[0] += one.decision().takesStock() ? 1 : 0;
      counts[1] += one.decision().countsAsFailed() ? 1 : 0;
    }
    var sql =
        "UPDATE campaign SET remaining = remaining - ?, failed = failed + ?"
            + " WHERE id = ? AND remaining >= ?";
    try (var statement = tx.prepareStatement(sql)) {
      for (var entry : takenAndFailed.entrySet()) {
        long taken = entry.getValue()[0];
        long failed = entry.getValue()[1];
        if (taken == 0 && failed == 0) {
          continue;
        }
        statement.setLong(1, taken);
        statement.setLong(2, failed);
        statement.setLong(3, entry.getKey());
        statement.setLong(4, taken);
        statement.addBatch();
      }
      for (int changed : statement.executeBatch()) {
        if (changed != 1) {
          // The row is locked and the rule never gives more than remains: this is the second net.
          throw new IllegalStateException("the stock does not cover what the rule gave away");
        }
      }
    }
  }

  private static void countRate(Connection tx, List<Decided> decided, Instant decidedAt)
      throws SQLException {
    SortedMap<Long, long[]> countAndLatency = new TreeMap<>();
    for (var one : decided) {
      var sums = countAndLatency.computeIfAbsent(one.request().campaignId(), id -> new long[2]);
      var latency = Duration.between(one.request().loggedAt(), decidedAt);
      sums[0]++;
      // The log and the database have clocks of their own; a negative latency is their difference.
      sums[1] += Math.max(0, latency.toNanos() / 1000);
    }
    long second = decidedAt.getEpochSecond();
    // Assignments run from left to right, so at_second must be compared before it is set.
    var sql =
        "INSERT INTO campaign_rate (campaign_id, slot, at_second, decided, latency_micros)"
            + " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
            + " decided = IF(at_second = VALUES(at_second), decided, 0) + VALUES(decided),"
            + " latency_micros = IF(at_second = VALUES(at_second), latency_micros, 0)"
            + " + VALUES(latency_micros), at_second = VALUES(at_second)";
    try (var statement = tx.prepareStatement(sql)) {
      for (var entry : countAndLatency.entrySet()) {
        statement.setLong(1, entry.getKey());
        statement.setLong(2, second % RATE_SECONDS);
        statement.setLong(3, second);
        statement.setLong(4, entry.getValue()[0]);
        statement.setLong(5, entry.getValue()[1]);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private record Day(long campaignId, LocalDate date) {
    static final Comparator<Day> ORDER =
        Comparator.comparingLong(Day::campaignId).thenComparing(Day::date);
  }

  private static void markPending(
      Connection tx, Map<Long, LockedCampaign> campaigns, List<Decided> decided, Instant decidedAt)
      throws SQLException {
    SortedSet<Day> days = new TreeSet<>(Day.ORDER);
    for (var one : decided) {
      if (!one.decision().repeat()) {
        long id = one.request().campaignId();
        var zone = Objects.requireNonNull(campaigns.get(id)).timeZone();
        days.add(new Day(id, BusinessDay.of(one.request().loggedAt(), zone).date()));
      }
    }
    var sql =
        "INSERT INTO stats_pending (campaign_id, stat_date, changes, since) VALUES (?, ?, 1, ?)"
            + " ON DUPLICATE KEY UPDATE changes = changes + 1";
    try (var statement = tx.prepareStatement(sql)) {
      for (var day : days) {
        statement.setLong(1, day.campaignId());
        statement.setObject(2, day.date());
        statement.setObject(3, utc(decidedAt));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static <T> List<List<T>> chunks(List<T> all, int size) {
    var chunks = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += size) {
      chunks.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return chunks;
  }

  private static String marks(int count) {
    var marks = new String[count];
    Arrays.fill(marks, "?");
    return String.join(",", marks);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
