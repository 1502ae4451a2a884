package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that nobody can read or decide: neighbours get results, the partition goes on. */
class PoisonIT {
  private static final int BATCH = 21;

  @ParameterizedTest
  @CsvSource({"0", "10", "20"})
  void listsPoisonWithAReasonWhereverItStandsInABatch(int position) {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 5, false);
      for (int i = 0; i < BATCH; i++) {
        if (i == position) {
          line.sendRaw(0, "poison", TestLine.bytes("not a request"));
        } else {
          line.send(campaign, "user-" + i, null);
        }
      }
      line.flush();
      line.startConsumer();
      line.awaitDecided();

      assertThat(line.count("participation")).isEqualTo(BATCH - 1);
      assertThat(line.count("participation WHERE outcome = 'SUCCESS'")).isEqualTo(5);
      assertThat(deadLetters(line))
          .containsExactly(position + " the value does not start with a version");
    }
  }

  @Test
  void readsPastEveryKindOfPoison() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 5, false);
      line.sendRaw(0, "k", null);
      line.sendRaw(0, "k".repeat(5_000), new byte[900_000]);
      line.sendRaw(0, "k", TestLine.bytes("2\t1\t\tann"));
      line.sendRaw(0, "k", TestLine.bytes("1\t999\t\tann"));
      line.sendRaw(0, "k", new byte[] {'1', '\t', (byte) 0xff});
      line.send(campaign, "ann", null);
      line.startConsumer();
      line.awaitDecided();

      assertThat(line.count("participation")).isEqualTo(1);
      assertThat(deadLetters(line))
          .containsExactly(
              "0 the record has no value",
              "1 the value does not start with a version",
              "2 the message version 2 is unknown",
              "3 the campaign does not exist (any more)",
              "4 the value is not UTF-8");
      assertThat(
              line.jdbc
                  .sql("SELECT LENGTH(payload) FROM dead_letter WHERE log_offset = 1")
                  .query(Integer.class)
                  .single())
          .isEqualTo(900_000);
    }
  }

  @Test
  void narrowsABatchDownToTheRecordThatCannotBeDecided() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 50, false);
      // A record that reads well, but that the database refuses: for the code it is a surprise.
      line.jdbc
          .sql(
              "CREATE TRIGGER refuses BEFORE INSERT ON participation FOR EACH ROW BEGIN"
                  + " IF NEW.user_id LIKE 'bad-%' THEN SIGNAL SQLSTATE '22000'"
                  + " SET MESSAGE_TEXT = 'refused by the test'; END IF; END")
          .update();
      IntStream.range(0, 100)
          .forEach(i -> line.send(campaign, (i % 40 == 3 ? "bad-" : "user-") + i, null));
      line.flush();
      line.startConsumer();
      line.awaitDecided();

      assertThat(line.count("participation")).isEqualTo(97);
      assertThat(line.count("participation WHERE outcome = 'SUCCESS'")).isEqualTo(50);
      assertThat(deadLetters(line))
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .matches(
                          "3 deciding it failed: the database refused it with SQL state 22\\d+"),
              second ->
                  assertThat(second)
                      .matches(
                          "43 deciding it failed: the database refused it with SQL state 22\\d+"),
              third ->
                  assertThat(third)
                      .matches(
                          "83 deciding it failed: the database refused it with SQL state 22\\d+"));
      // The stock went to the first fifty that could be decided, in order.
      assertThat(line.count("participation WHERE outcome = 'SUCCESS' AND log_offset < 52"))
          .isEqualTo(50);
    }
  }

  @Test
  void decidesNothingTwiceAfterSomebodyHasSetTheOffsetBack() {
    try (var line = new TestLine(1)) {
      long campaign = line.campaign("sale", 5, false);
      IntStream.range(0, 20).forEach(i -> line.send(campaign, "user-" + i, null));
      line.sendRaw(0, "poison", TestLine.bytes("not a request"));
      line.startConsumer();
      line.awaitDecided();
      var before = rows(line);
      line.jdbc
          .sql("UPDATE consumer_offset SET next_offset = 0, owner_epoch = owner_epoch + 1")
          .update();
      // The reader notices with its next batch that it was fenced.
      line.send(campaign, "late", null);
      line.awaitDecided();
      assertThat(rows(line)).startsWith(before.toArray(String[]::new)).hasSize(before.size() + 1);
      assertThat(deadLetters(line)).hasSize(1);
      assertThat(line.jdbc.sql("SELECT remaining FROM campaign").query(Long.class).single())
          .isZero();
    }
  }

  private static List<String> rows(TestLine line) {
    return line.jdbc
        .sql("SELECT CONCAT(log_offset, ' ', user_id, ' ', outcome) FROM participation ORDER BY id")
        .query(String.class)
        .list();
  }

  private static List<String> deadLetters(TestLine line) {
    return line.jdbc
        .sql("SELECT CONCAT(log_offset, ' ', reason) FROM dead_letter ORDER BY log_offset")
        .query(String.class)
        .list();
  }
}
