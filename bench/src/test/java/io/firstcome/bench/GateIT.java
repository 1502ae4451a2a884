package io.firstcome.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.bench.Stage.Campaign;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gate that lets everything pass would make every figure worthless. */
class GateIT {
  private static Stage stage;
  private static Gate gate;

  private Campaign campaign;

  @BeforeAll
  static void open() throws SQLException {
    stage = new Stage();
    gate = new Gate(stage, Duration.ofSeconds(1));
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  /** Three have asked for two things, and the first two of the log have them. */
  @BeforeEach
  void decideThree() throws Exception {
    campaign = stage.campaign(1, 2);
    insert("anna", 0, 1);
    insert("ben", 1, 2);
    insert("cleo", 2, 0);
    execute("UPDATE campaign SET remaining = 0, failed = 1 WHERE id = " + campaign.id());
  }

  @Test
  void letsARunPassThatIsRight() {
    assertThatCode(() -> gate.checkFirstcome(campaign, 3, 3)).doesNotThrowAnyException();
  }

  @Test
  void letsWhoWasToldNothingBeInTheLog() {
    assertThatCode(() -> gate.checkFirstcome(campaign, 2, 3)).doesNotThrowAnyException();
  }

  @Test
  void seesALostRequest() {
    refuses(4, 4, "3 of 4 accepted requests have a row");
  }

  @Test
  void seesInventedRows() {
    refuses(2, 2, "more rows than requests: 3, expected 2");
  }

  @Test
  void seesAnOversoldStock() throws SQLException {
    change("outcome = 'SUCCESS', success_rank = 3", "cleo");
    refuses(3, 3, "winners: 3, expected 2");
  }

  @Test
  void seesAnUndersoldStock() throws SQLException {
    change("outcome = 'OUT_OF_STOCK', success_rank = NULL", "ben");
    refuses(3, 3, "winners: 1, expected 2");
  }

  @Test
  void seesAUserWhoWasCountedTwice() throws SQLException {
    change("user_id = 'anna'", "cleo");
    refuses(3, 3, "rows for one user: 3, expected 2");
  }

  @Test
  void seesAWrongStock() throws SQLException {
    execute("UPDATE campaign SET remaining = 1 WHERE id = " + campaign.id());
    refuses(3, 3, "remaining stock: 1, expected 0");
  }

  @Test
  void seesAWrongCountOfFailures() throws SQLException {
    execute("UPDATE campaign SET failed = 2 WHERE id = " + campaign.id());
    refuses(3, 3, "counted failures: 2, expected 1");
  }

  @Test
  void seesRecordsDecidedBeforeAnEarlierOne() throws SQLException {
    change("log_offset = 9", "anna");
    refuses(3, 3, "records decided before an earlier one: 1, expected 0");
  }

  @Test
  void seesARankThatTwoHave() throws SQLException {
    change("success_rank = 1", "ben");
    refuses(3, 3, "decisions whose rank is not their place: 1, expected 0");
  }

  @Test
  void seesAWinnerWhoWasNotAmongTheFirst() throws SQLException {
    change("outcome = 'OUT_OF_STOCK', success_rank = NULL", "ben");
    change("outcome = 'SUCCESS', success_rank = 2", "cleo");
    refuses(3, 3, "decisions whose rank is not their place: 2, expected 0");
  }

  @Test
  void countsWhatABaselineHasOversold() throws Exception {
    var baseline = stage.baselineCampaign(0, 1);
    for (var user : new String[] {"anna", "ben", "cleo"}) {
      execute(
          "INSERT INTO baseline_result (campaign_id, user_id, outcome, decided_at)"
              + " VALUES (%d, '%s', 'SUCCESS', UTC_TIMESTAMP(6))".formatted(baseline.id(), user));
    }
    assertThat(gate.oversold(baseline, 3)).isEqualTo(2);
  }

  private void refuses(int accepted, int sent, String message) {
    assertThatThrownBy(() -> gate.checkFirstcome(campaign, accepted, sent))
        .isInstanceOf(InvalidRunException.class)
        .hasMessageContaining(message);
  }

  private void change(String what, String user) throws SQLException {
    execute(
        "UPDATE participation SET %s WHERE campaign_id = %d AND dedup_key = '%s'"
            .formatted(what, campaign.id(), user));
  }

  private void insert(String user, int offset, int rank) throws SQLException {
    execute(
        """
        INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id, dedup_key,
          outcome, success_rank, is_repeat, logged_at, decided_at)
        VALUES (%d, %d, 0, %d, '%s', '%4$s', '%s', %s, FALSE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))\
        """
            .formatted(
                campaign.id(),
                campaign.topicId(),
                offset,
                user,
                rank == 0 ? "OUT_OF_STOCK" : "SUCCESS",
                rank == 0 ? "NULL" : rank));
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = stage.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
