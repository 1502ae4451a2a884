package io.firstcome.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.rule.Request;
import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written is what was decided, to the byte and in its order. */
class DecisionRowsIT {
  private static final Instant LOGGED = Instant.parse("2025-12-28T01:02:03.456789Z");
  private static final List<String> USERS =
      List.of(
          "plain",
          "'); DROP TABLE participation; --",
          "\"quoted\"",
          "back\\slash\\\\",
          "\",\"outcome\":\"SUCCESS",
          "null",
          "true",
          "123",
          "-1.50e3",
          "[1,2]",
          "{\"a\":1}",
          "%s ? ?",
          "trailing ",
          " leading",
          "Trailing",
          "참가자 한 명",
          "😀👩‍👩‍👧‍👦",
          "\uFFFD\uFEFF\uFFFF",
          "\u00e9",
          "e\u0301",
          "\\u0041",
          "𐍈".repeat(64));

  private static Database database;

  @BeforeAll
  static void createTables() {
    database = TestServers.get().newDatabaseWithTables();
  }

  @Test
  void keepsEveryTextToTheByte() throws SQLException {
    try (var tx = connect()) {
      var campaign = campaign(tx, "bytes", false);
      var requests = new ArrayList<LoggedRequest>();
      for (var user : USERS) {
        requests.add(
            new LoggedRequest(requests.size(), LOGGED, campaign, new Request(user, "k\"\\'" + 1)));
      }
      var result = Ledger.decide(tx, new Source(1, 0), requests);
      assertThat(result.decided()).hasSameSizeAs(USERS);
      assertThat(strings(tx, "SELECT user_id FROM participation", campaign)).isEqualTo(USERS);
      assertThat(strings(tx, "SELECT HEX(dedup_key) FROM participation", campaign))
          .isEqualTo(USERS.stream().map(DecisionRowsIT::hex).toList());
      assertThat(strings(tx, "SELECT DISTINCT idempotency_key FROM participation", campaign))
          .containsExactly("k\"\\'1");
      assertThat(strings(tx, "SELECT DISTINCT logged_at FROM participation", campaign))
          .containsExactly("2025-12-28 01:02:03.456789");
      // And it is found again: the same people are in already.
      var again =
          USERS.stream()
              .map(user -> new LoggedRequest(99, LOGGED, campaign, new Request(user, null)))
              .toList();
      assertThat(Ledger.decide(tx, null, again).decided())
          .allMatch(one -> one.decision().dedupKey() == null);
    }
  }

  @Test
  void keepsWhatIsNotThereAsNull() throws SQLException {
    try (var tx = connect()) {
      var campaign = campaign(tx, "nulls", true);
      var request = new LoggedRequest(7, LOGGED, campaign, new Request("anna", null));
      var _ = Ledger.decide(tx, null, List.of(request));
      assertThat(
              strings(
                  tx,
                  "SELECT CONCAT_WS('|', topic_id IS NULL, part IS NULL, log_offset IS NULL,"
                      + " idempotency_key IS NULL, dedup_key IS NULL, success_rank)"
                      + " FROM participation",
                  campaign))
          .containsExactly("1|1|1|1|1|1");
    }
  }

  @Test
  void seesTheKeyOfARepeatableCampaignAsBytesToo() throws SQLException {
    try (var tx = connect()) {
      var campaign = campaign(tx, "repeatable", true);
      var request = new LoggedRequest(0, LOGGED, campaign, new Request("anna", "key-1"));
      var _ = Ledger.decide(tx, new Source(2, 0), List.of(request));
      assertThat(strings(tx, "SELECT HEX(dedup_key) FROM participation", campaign))
          .containsExactly(hex("anna\nkey-1"));
    }
  }

  /** More than one statement takes, and not in the order of anything but the decisions. */
  @Test
  void givesIdsInTheOrderOfTheDecisions() throws SQLException {
    try (var tx = connect()) {
      var campaign = campaign(tx, "order", false);
      var offsets = new ArrayList<>(IntStream.range(0, 4_500).boxed().toList());
      Collections.shuffle(offsets, new Random(7));
      var requests =
          offsets.stream()
              .map(offset ->
                  new LoggedRequest(offset, LOGGED, campaign, new Request("u" + offset, null)))
              .toList();
      var _ = Ledger.decide(tx, new Source(3, 0), requests);
      assertThat(strings(tx, "SELECT log_offset FROM participation", campaign))
          .isEqualTo(offsets.stream().map(String::valueOf).toList());
    }
  }

  @Test
  void escapesWhatJsonDoesNotTake() {
    assertThat(DecisionRows.appendText(new StringBuilder(), "a\"b\\c\n\u0001é"))
        .hasToString("\"a\\\"b\\\\c\\u000a\\u0001é\"");
    assertThat(DecisionRows.appendText(new StringBuilder(), null)).hasToString("null");
  }

  private static Connection connect() throws SQLException {
    var tx = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    tx.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    tx.setAutoCommit(false);
    return tx;
  }

  private static long campaign(Connection tx, String name, boolean repeatable) throws SQLException {
    try (var statement = tx.createStatement()) {
      statement.execute(
          "INSERT INTO topic (id, name, uuid, partitions) VALUES (%2$d, '%1$s', '%1$s', 1)"
              .formatted(name, topic(name)));
      statement.execute(
          """
          INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,
            sold_out, mode, topic_id, created_at)
          VALUES ('%1$s', '%1$s', 'FIRST_COME', 10000, 10000, %2$s, 'RECORD', 'ACTIVE', %3$d,
            UTC_TIMESTAMP(6))\
          """
              .formatted(name, repeatable, topic(name)));
      try (var rows = statement.executeQuery("SELECT LAST_INSERT_ID()")) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static int topic(String campaign) {
    return switch (campaign) {
      case "bytes" -> 1;
      case "repeatable" -> 2;
      case "order" -> 3;
      default -> 4;
    };
  }

  private static List<String> strings(Connection tx, String select, long campaign)
      throws SQLException {
    var found = new ArrayList<String>();
    var order = select.contains("DISTINCT") ? "" : " ORDER BY id";
    try (var statement = tx.createStatement();
        var rows = statement.executeQuery(select + " WHERE campaign_id = " + campaign + order)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static String hex(String text) {
    var hex = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hex.append("%02X".formatted(b));
    }
    return hex.toString();
  }
}
