package io.firstcome.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.Request;
import io.firstcome.replay.Difference.Kind;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class RowCheckTest {
  private static final Request ANN = new Request("ann", null);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          the same,                             ann, SUCCESS,      2, false, ann, -
          another outcome weighs most,          ann, OUT_OF_STOCK, -, true,  -,   OUTCOME
          another rank,                         ann, SUCCESS,      3, true,  -,   RANK
          no rank,                              ann, SUCCESS,      -, false, ann, RANK
          a repeat that is none,                ann, SUCCESS,      2, true,  -,   REPEAT
          no dedup key,                         ann, SUCCESS,      2, false, -,   DEDUP_KEY
          the dedup key of nobody,              ann, SUCCESS,      2, false, zoe, DEDUP_KEY
          another user with the key of the log, zoe, SUCCESS,      2, false, ann, -
          another user with a key of its own,   zoe, SUCCESS,      2, false, zoe, -
          another user with the key of a third, zoe, SUCCESS,      2, false, bob, DEDUP_KEY
          an outcome that does not exist,       ann, '',           2, false, ann, OUTCOME
          """)
  void findsTheWeightiestPoint(ArgumentsAccessor line) {
    var row =
        new Row(
            1,
            1,
            0,
            0L,
            line.getString(1),
            null,
            line.getString(5),
            line.getString(2),
            line.getLong(3),
            line.getBoolean(4),
            Instant.EPOCH);
    var decision = new Decision(Outcome.SUCCESS, 2, "ann", false);
    assertThat(RowCheck.differing(row, ANN, decision, false)).isEqualTo(line.get(6, Kind.class));
  }
}
