package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What the tables say of one campaign on a topic of its own, read past the product, and what must
 * hold of it. The rule is written down here once more, so that the product does not check itself.
 *
 * @param rows in the order in which they were decided
 * @param nextOffsets by partition
 */
record CampaignTables(
    long total, long remaining, long failed, List<Row> rows, Map<Integer, Long> nextOffsets) {

  /** One decided request. */
  record Row(int part, long offset, String user, String key, Decision decision) {

    boolean isSuccess() {
      return decision.outcome.equals("SUCCESS");
    }

    String place() {
      return part + "/" + offset;
    }
  }

  /**
   * What it got.
   *
   * @param counted whether it is the one request of its user that counts
   */
  record Decision(String outcome, long rank, boolean repeat, boolean counted) {}

  static CampaignTables read(Connection connection, String name) throws SQLException {
    var campaign =
        "SELECT id, total_stock, remaining, failed, topic_id FROM campaign WHERE name = ?";
    try (var statement = connection.prepareStatement(campaign)) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        long id = row.getLong(1);
        int topic = row.getInt(5);
        return new CampaignTables(
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            rows(connection, id, topic),
            nextOffsets(connection, topic));
      }
    }
  }

  private static List<Row> rows(Connection connection, long campaign, int topic)
      throws SQLException {
    var sql =
        "SELECT part, log_offset, user_id, idempotency_key, outcome, success_rank, is_repeat,"
            + " dedup_key IS NOT NULL FROM participation WHERE campaign_id = ? AND topic_id = ?"
            + " ORDER BY id";
    var rows = new ArrayList<Row>();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, campaign);
      statement.setInt(2, topic);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getInt(1),
                  row.getLong(2),
                  row.getString(3),
                  row.getString(4),
                  new Decision(
                      row.getString(5), row.getLong(6), row.getBoolean(7), row.getBoolean(8))));
        }
      }
    }
    return rows;
  }

  private static Map<Integer, Long> nextOffsets(Connection connection, int topic)
      throws SQLException {
    var next = new TreeMap<Integer, Long>();
    try (var statement =
        connection.prepareStatement(
            "SELECT part, next_offset FROM consumer_offset WHERE topic_id = ?")) {
      statement.setInt(1, topic);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          next.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    return next;
  }

  /** Checks all that can be checked without the participants; nothing may be a dead letter. */
  void assertExact() {
    assertEveryOffsetOnceInOrder();
    assertDecidedByTheRule();
    var successes = rows.stream().filter(row -> row.isSuccess() && !row.decision.repeat);
    assertThat(successes.map(row -> row.decision.rank))
        .as("ranks in the order of the decisions")
        .containsExactlyElementsOf(LongStream.rangeClosed(1, total - remaining).boxed().toList());
    long users = rows.stream().map(Row::user).distinct().count();
    assertThat(total - remaining).isEqualTo(Math.min(total, users));
    assertThat(rows.stream().filter(row -> row.decision.counted).map(Row::user))
        .doesNotHaveDuplicates()
        .hasSize((int) users);
    assertThat(failed)
        .isEqualTo(rows.stream().filter(row -> !row.isSuccess() && !row.decision.repeat).count());
  }

  /** Every offset below the next one has one row, and they were decided in this order. */
  private void assertEveryOffsetOnceInOrder() {
    Map<Integer, List<Long>> byPart = new TreeMap<>();
    rows.forEach(
        row -> byPart.computeIfAbsent(row.part, part -> new ArrayList<>()).add(row.offset));
    assertThat(byPart.keySet()).isEqualTo(nextOffsets.keySet());
    byPart.forEach((part, offsets) ->
        assertThat(offsets)
            .as("offsets of partition %d in the order of the decisions", part)
            .containsExactlyElementsOf(
                LongStream.range(0, nextOffsets.get(part)).boxed().toList()));
  }

  /** On one partition this is the order of the log: first come, first served. */
  private void assertDecidedByTheRule() {
    Map<String, Row> first = new HashMap<>();
    long given = 0;
    for (var row : rows) {
      var before = first.putIfAbsent(row.user, row);
      Decision expected;
      if (before != null && before.key.equals(row.key)) {
        expected = new Decision(before.decision.outcome, before.decision.rank, true, false);
      } else if (before != null) {
        expected = new Decision("ALREADY_ISSUED", 0, false, false);
      } else if (given < total) {
        given++;
        expected = new Decision("SUCCESS", given, false, true);
      } else {
        expected = new Decision("OUT_OF_STOCK", 0, false, true);
      }
      assertThat(row.decision).as("what %s got", row).isEqualTo(expected);
    }
  }

  /** What decided it is the request whose place was handed out, and not another one. */
  void assertHold(List<Participants.Accepted> accepted) {
    Map<String, Row> byPlace = new HashMap<>();
    rows.forEach(row -> byPlace.put(row.place(), row));
    for (var one : accepted) {
      var row = byPlace.get(one.place());
      assertThat(row).as("the row of %s", one).isNotNull();
      assertThat(row.user).isEqualTo(one.wish().user());
      assertThat(row.key).isEqualTo(one.wish().key());
    }
  }
}
