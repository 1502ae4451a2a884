package io.firstcome.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One planted change is reported as that change, and as nothing else. */
class DifferencesIT {
  private static final byte[] POISON = "no request".getBytes(StandardCharsets.UTF_8);

  /**
   * One partition, a stock of 3 that grows to 5 after the row of offset 6. Offset and result:
   *
   * <pre>
   * 0 ann k1  SUCCESS 1            5 dan     OUT_OF_STOCK
   * 1 bob     SUCCESS 2            6 ann k1  SUCCESS 1, a repeat
   * 2 ann     ALREADY_ISSUED       7 fay     SUCCESS 4
   * 3 (unreadable, a dead letter)  8 gus     SUCCESS 5
   * 4 cid     SUCCESS 3            9 hal     OUT_OF_STOCK
   * </pre>
   */
  private static long campaign(TestLine line) {
    long campaign = line.campaign(3, false);
    line.send(campaign, 0, "ann", "k1");
    line.send(campaign, 0, "bob", null);
    line.send(campaign, 0, "ann", null);
    line.sendRaw(0, POISON);
    line.send(campaign, 0, "cid", null);
    line.send(campaign, 0, "dan", null);
    line.send(campaign, 0, "ann", "k1");
    line.decide(4);
    line.grow(campaign, 5);
    line.send(campaign, 0, "fay", null);
    line.send(campaign, 0, "gus", null);
    line.send(campaign, 0, "hal", null);
    line.decide(4);
    assertThat(line.replay(campaign).differences()).isEmpty();
    return campaign;
  }

  static Stream<Arguments> changes() {
    return Stream.of(
            decisions(), requests(), deletedRows(), addedRows(), orders(), letters(), counters())
        .flatMap(changes -> changes);
  }

  private static Stream<Arguments> decisions() {
    return Stream.of(
        change("nothing", "UPDATE participation SET part = part WHERE {at 1}"),
        change(
            "a loser becomes a winner",
            "UPDATE participation SET outcome = 'SUCCESS', success_rank = 4 WHERE {at 5}",
            "OUTCOME 0-5 dan: OUT_OF_STOCK / SUCCESS with rank 4"),
        change(
            "a winner becomes a loser",
            "UPDATE participation SET outcome = 'OUT_OF_STOCK', success_rank = NULL WHERE {at 1}",
            "OUTCOME 0-1 bob: SUCCESS with rank 2 / OUT_OF_STOCK"),
        change(
            "swapped ranks",
            "UPDATE participation SET success_rank = 3 - success_rank"
                + " WHERE ({at 0}) OR ({at 1})",
            "RANK 0-0 ann: SUCCESS with rank 1 / SUCCESS with rank 2",
            "RANK 0-1 bob: SUCCESS with rank 2 / SUCCESS with rank 1"),
        change(
            "a repeat that counts",
            "UPDATE participation SET is_repeat = FALSE WHERE {at 6}",
            "REPEAT 0-6 ann: SUCCESS with rank 1, a repeat / SUCCESS with rank 1"),
        change(
            "a dedup key that lets nobody in",
            "UPDATE participation SET dedup_key = 'zoe' WHERE {at 1}",
            "DEDUP_KEY 0-1 bob: bob / zoe"),
        change(
            "no dedup key",
            "UPDATE participation SET dedup_key = NULL WHERE {at 4}",
            "DEDUP_KEY 0-4 cid: cid / null"));
  }

  private static Stream<Arguments> requests() {
    return Stream.of(
        change(
            "another user",
            "UPDATE participation SET user_id = 'zoe' WHERE {at 1}",
            "USER 0-1 bob: bob / zoe"),
        change(
            "another user with all that belongs to it",
            "UPDATE participation SET user_id = 'zoe', dedup_key = 'zoe' WHERE {at 1}",
            "USER 0-1 bob: bob / zoe"),
        change(
            "another key",
            "UPDATE participation SET idempotency_key = 'k2' WHERE {at 0}",
            "IDEMPOTENCY_KEY 0-0 ann: k1 / k2"),
        change(
            "a key taken away",
            "UPDATE participation SET idempotency_key = NULL WHERE {at 6}",
            "IDEMPOTENCY_KEY 0-6 ann: k1 / null"));
  }

  private static Stream<Arguments> deletedRows() {
    return Stream.of(
        change(
            "a deleted winner",
            "DELETE FROM participation WHERE {at 1}",
            "ROW_MISSING 0-1 bob: SUCCESS with rank 2 / null"),
        change(
            "the deleted first",
            "DELETE FROM participation WHERE {at 0}",
            "ROW_MISSING 0-0 ann: SUCCESS with rank 1 / null"),
        change(
            "the deleted last",
            "DELETE FROM participation WHERE {at 9}",
            "ROW_MISSING 0-9 hal: OUT_OF_STOCK / null"),
        change(
            "a deleted loser just before the stock grew",
            "DELETE FROM participation WHERE {at 5}",
            "ROW_MISSING 0-5 dan: OUT_OF_STOCK / null"),
        change(
            "a deleted winner just after the stock grew",
            "DELETE FROM participation WHERE {at 7}",
            "ROW_MISSING 0-7 fay: SUCCESS with rank 4 / null"),
        change(
            "all after the growth deleted",
            "DELETE FROM participation WHERE ({at 7}) OR ({at 8}) OR ({at 9})",
            "ROW_MISSING 0-7 fay: SUCCESS with rank 4 / null",
            "ROW_MISSING 0-8 gus: SUCCESS with rank 5 / null",
            "ROW_MISSING 0-9 hal: OUT_OF_STOCK / null"));
  }

  private static Stream<Arguments> addedRows() {
    return Stream.of(
        change(
            "an added winner behind the log",
            "INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id,"
                + " dedup_key, outcome, success_rank, is_repeat, logged_at, decided_at) VALUES"
                + " ({campaign}, {topic}, 0, 77, 'zoe', 'zoe', 'SUCCESS', 6, FALSE,"
                + " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
            "ROW_NOT_IN_LOG 0-77 zoe: no record / null"),
        change(
            "an added winner at the place of a dead letter",
            "INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id,"
                + " dedup_key, outcome, success_rank, is_repeat, logged_at, decided_at) VALUES"
                + " ({campaign}, {topic}, 0, 3, 'zoe', 'zoe', 'SUCCESS', 6, FALSE,"
                + " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
            "ROW_NOT_IN_LOG 0-3 zoe: no request of this campaign / null"),
        change(
            "a row in a partition that is not there",
            "INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id,"
                + " dedup_key, outcome, success_rank, is_repeat, logged_at, decided_at) VALUES"
                + " ({campaign}, {topic}, 7, 1, 'zoe', 'zoe', 'SUCCESS', 6, FALSE,"
                + " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
            "ROW_ELSEWHERE 7-1 zoe: null / null"),
        change(
            "an added winner without a place, for whom there is no stock",
            "INSERT INTO participation (campaign_id, user_id, dedup_key, outcome, success_rank,"
                + " is_repeat, logged_at, decided_at) VALUES ({campaign}, 'zoe', 'zoe',"
                + " 'SUCCESS', 6, FALSE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
            "OUTCOME null-null zoe: OUT_OF_STOCK / SUCCESS with rank 6",
            "FAILED null-null null: 4 / 3"),
        change(
            "an added row that nobody can have asked for",
            "INSERT INTO participation (campaign_id, user_id, outcome, is_repeat, logged_at,"
                + " decided_at) VALUES ({campaign}, '', 'OUT_OF_STOCK', FALSE, UTC_TIMESTAMP(6),"
                + " UTC_TIMESTAMP(6))",
            "ROW_UNREADABLE null-null : null / null"));
  }

  private static Stream<Arguments> orders() {
    return Stream.of(
        change(
            "two rows in the wrong order",
            "UPDATE participation SET id = {id 1} + 1000000 WHERE {at 1};"
                + "UPDATE participation SET id = {id 1} WHERE {at 2};"
                + "UPDATE participation SET id = {id 2} WHERE {at 1}",
            "ORDER 0-2 ann: null / null"),
        change(
            "a row that comes much too late",
            "UPDATE participation SET id = id + 2000000 WHERE {at 1}",
            "ORDER 0-1 bob: null / null"),
        change(
            "a row that comes much too early",
            "UPDATE participation SET id = id + 3000000 WHERE topic_id = {topic}"
                + " AND log_offset NOT IN (0, 8);"
                + "UPDATE stock_change SET after_id = after_id + 3000000"
                + " WHERE campaign_id = {campaign}",
            "ORDER 0-8 gus: null / null"));
  }

  private static Stream<Arguments> letters() {
    return Stream.of(
        change("a dead letter too many", "{letter 1}", "ROW_AND_DEAD_LETTER 0-1 bob: null / null"),
        change(
            "a dead letter of nothing",
            "{letter 88}",
            "DEAD_LETTER_NOT_IN_LOG 0-88 null: no record / null"),
        change(
            "a dead letter taken away",
            "DELETE FROM dead_letter WHERE topic_id = {topic}",
            "DEAD_LETTER_MISSING 0-3 null: a record that cannot be read / null"));
  }

  private static Stream<Arguments> counters() {
    return Stream.of(
        change(
            "stock given back",
            "UPDATE campaign SET remaining = 1 WHERE id = {campaign}",
            "REMAINING null-null null: 0 / 1"),
        change(
            "failures forgotten",
            "UPDATE campaign SET failed = 0 WHERE id = {campaign}",
            "FAILED null-null null: 3 / 0"),
        change(
            "a stock that has not grown",
            "UPDATE campaign SET total_stock = 6 WHERE id = {campaign}",
            "TOTAL_STOCK null-null null: 5 / 6"),
        change(
            "a growth that starts nowhere",
            "INSERT INTO stock_change (campaign_id, after_id, stock_before, stock_after,"
                + " changed_at) VALUES ({campaign}, {id 9}, 4, 5, UTC_TIMESTAMP(6))",
            "STOCK_HISTORY null-null null: 5 / 4 to 5"),
        change(
            "an offset that is too low",
            "UPDATE consumer_offset SET next_offset = 7 WHERE topic_id = {topic}",
            "NEXT_OFFSET 0-null null: at least 10 / 7"),
        change(
            "an offset beyond the log",
            "UPDATE consumer_offset SET next_offset = 11 WHERE topic_id = {topic}",
            "NEXT_OFFSET 0-null null: at most 10 / 11"),
        change(
            "no offset",
            "DELETE FROM consumer_offset WHERE topic_id = {topic}",
            "NEXT_OFFSET 0-null null: at least 10 / 0"));
  }

  private static Arguments change(String name, String sql, String... differences) {
    return Arguments.of(name, sql, List.of(differences));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void isReportedAsItself(String name, String sql, List<String> differences) {
    try (var line = new TestLine(1)) {
      long campaign = campaign(line);
      for (var statement : filled(sql, line, campaign).split(";", -1)) {
        assertThat(TestLine.sql(statement)).as(name).isPositive();
      }
      var report = line.replay(campaign);
      assertThat(told(report)).containsExactlyElementsOf(differences);
      assertThat(report.differenceCount()).isEqualTo(differences.size());
      assertThat(report.agree()).isEqualTo(differences.isEmpty());
    }
  }

  private static String filled(String sql, TestLine line, long campaign) {
    var filled = sql;
    for (int offset = 0; offset < 10; offset++) {
      var at = "topic_id = %d AND part = 0 AND log_offset = %d".formatted(line.topicId, offset);
      filled = filled.replace("{at " + offset + "}", at);
      if (filled.contains("{id " + offset + "}")) {
        var id = TestLine.number("SELECT id FROM participation WHERE " + at);
        filled = filled.replace("{id " + offset + "}", Long.toString(id));
      }
    }
    for (long offset : new long[] {1, 88}) {
      filled = filled.replace("{letter " + offset + "}", line.deadLetter(0, offset));
    }
    return filled
        .replace("{topic}", Integer.toString(line.topicId))
        .replace("{campaign}", Long.toString(campaign));
  }

  private static List<String> told(ReplayReport report) {
    return report.differences().stream()
        .map(d ->
            "%s %s-%s %s: %s / %s"
                .formatted(
                    d.kind(), d.partition(), d.offset(), d.userId(), d.expected(), d.found()))
        .toList();
  }

  @Test
  void namesTheTimeOfTheLog() {
    try (var line = new TestLine(1)) {
      long campaign = campaign(line);
      TestLine.sql(
          "UPDATE participation SET logged_at = logged_at - INTERVAL 1 HOUR WHERE log_offset = 4"
              + " AND topic_id = "
              + line.topicId);
      var report = line.replay(campaign);
      assertThat(report.differences())
          .extracting(Difference::kind)
          .containsExactly(Difference.Kind.LOGGED_AT);
      var difference = report.differences().getFirst();
      assertThat(java.time.Instant.parse(difference.expected()))
          .isEqualTo(java.time.Instant.parse(difference.found()).plusSeconds(3600));
      assertThat(difference.participationId())
          .isEqualTo(
              TestLine.number(
                  "SELECT id FROM participation WHERE log_offset = 4 AND topic_id = "
                      + line.topicId));
    }
  }

  @Test
  void findsTheTimeOfADeletedRowAmongOtherPartitions() {
    try (var line = new TestLine(4)) {
      long campaign = line.campaign(50, false);
      for (int i = 0; i < 120; i++) {
        line.send(campaign, i % 4, "user-" + i, null);
      }
      // In single steps, so that between two decisions of a partition there are three others.
      line.decide(1);
      line.decideSync(campaign, "sync", null);
      assertThat(line.replay(campaign).differences()).isEmpty();
      TestLine.sql(
          "DELETE FROM participation WHERE part = 2 AND log_offset IN (3, 4, 12, 20)"
              + " AND topic_id = "
              + line.topicId);

      assertThat(told(line.replay(campaign)))
          .containsExactly(
              "ROW_MISSING 2-3 user-14: SUCCESS with rank 15 / null",
              "ROW_MISSING 2-4 user-18: SUCCESS with rank 19 / null",
              "ROW_MISSING 2-12 user-50: OUT_OF_STOCK / null",
              "ROW_MISSING 2-20 user-82: OUT_OF_STOCK / null");
    }
  }

  @Test
  void tellsTheCampaignsOfALaneApart() {
    try (var line = new TestLine(2, "lane")) {
      long one = line.campaign(5, false, 1);
      long other = line.campaign(5, false, 1);
      for (int i = 0; i < 10; i++) {
        line.send(i % 2 == 0 ? one : other, 1, "user-" + i, null);
      }
      line.decide(3);
      // The other campaign's result is made to be this one's.
      TestLine.sql(
          "UPDATE participation SET campaign_id = %d WHERE topic_id = %d AND log_offset = 3"
              .formatted(one, line.topicId));
      assertThat(told(line.replay(one)))
          .containsExactly("ROW_NOT_IN_LOG 1-3 user-3: a request to campaign " + other + " / null");
      assertThat(told(line.replay(other)))
          .containsExactly("ROW_MISSING 1-3 user-3: SUCCESS with rank 2 / null");
    }
  }

  @Test
  void countsAllAndListsAThousand() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign(2_500, false);
      for (int i = 0; i < 2_500; i++) {
        line.send(campaign, 0, "user-" + i, null);
      }
      line.decide(500);
      TestLine.sql("DELETE FROM participation WHERE campaign_id = " + campaign);
      var report = line.replay(campaign);
      assertThat(report.differenceCount()).isEqualTo(2_500);
      assertThat(report.differences()).hasSize(ReplayReport.DIFFERENCES_MAX);
      assertThat(report.differences().getLast().offset()).isEqualTo(999);
      assertThat(report.replayed()).isEqualTo(2_500);
      assertThat(report.differences().stream().map(Difference::kind).distinct())
          .containsExactly(Difference.Kind.ROW_MISSING);
    }
  }
}
