package io.firstcome.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.testing.TestServers;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * How long statistics take, read from the aggregate and counted from the history. Its name keeps it
 * out of the default run; CONTRIBUTING.md has the command.
 */
class StatisticsMeasurement {
  private static final int CAMPAIGNS = 20;
  private static final int ROUNDS = 20;
  private static final int WARM_UP_ROUNDS = 300;
  private static final BusinessDay DAY =
      new BusinessDay(LocalDate.parse("2025-12-28"), ZoneId.of("Asia/Seoul"));

  private static final String DIGIT =
      "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
          + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
          + " UNION ALL SELECT 9)";
  private static final int NUMBERS_COUNT = 10_000;
  // That many from :from on.
  private static final String NUMBERS =
      ("(SELECT :from + a.d + 10 * b.d + 100 * c.d + 1000 * d.d AS n"
              + " FROM %1$s a, %1$s b, %1$s c, %1$s d)")
          .formatted(DIGIT);

  @Test
  void dailyAndRawForTwoSizes() {
    System.out.println("Measured on " + TestServers.get().describe());
    try (var small = new Sized(10_000);
        var big = new Sized(1_000_000)) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        small.read("daily");
        big.read("daily");
      }
      for (int i = 0; i < 3; i++) {
        small.read("raw");
        big.read("raw");
      }
      for (int pass = 1; pass <= 3; pass++) {
        measure(pass, small, big);
      }
      big.analyseOrder(1_000_000);
    }
  }

  /** All in turns, so that what else the machine does meets them alike. */
  private static void measure(int pass, Sized small, Sized big) {
    var millis = new double[4][ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      millis[0][i] = small.read("daily");
      millis[1][i] = big.read("daily");
      millis[2][i] = small.read("raw");
      millis[3][i] = big.read("raw");
    }
    var medians = Arrays.stream(millis).mapToDouble(StatisticsMeasurement::median).toArray();
    System.out.printf(
        Locale.ROOT,
        "Pass %d, medians of %d in ms: daily %.3f of 10,000 rows, %.3f of 1,000,000 (growth"
            + " %+.1f %%); raw %.3f and %.3f; raw/daily %.0f and %.0f%n",
        pass,
        ROUNDS,
        medians[0],
        medians[1],
        100 * (medians[1] / medians[0] - 1),
        medians[2],
        medians[3],
        medians[2] / medians[0],
        medians[3] / medians[1]);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return (values[values.length / 2 - 1] + values[values.length / 2]) / 2;
  }

  /** An api with a database of so many requests of 20 campaigns on one day. */
  private static final class Sized implements AutoCloseable {
    private final ApiServer server = ApiServer.start();

    Sized(int rows) {
      for (int i = 0; i < CAMPAIGNS; i++) {
        var body = "{\"name\":\"measured-%d\",\"totalStock\":1000000}".formatted(i);
        assertThat(server.admin().post("/api/admin/campaigns", body).status()).isEqualTo(201);
      }
      for (int from = 0; from < rows; from += NUMBERS_COUNT) {
        insert(from, rows);
      }
      for (long campaign :
          server.database().sql("SELECT id FROM campaign").query(Long.class).set()) {
        History.aggregate(server.database(), campaign, DAY.date(), DAY.start(), DAY.end());
      }
      var daily = answer("daily");
      assertThat(answer("raw").get("campaigns")).isEqualTo(daily.get("campaigns"));
      assertThat(daily.get("totalCount").asInt()).isEqualTo(rows);
      System.out.printf("%d rows are there, and both ways count the same.%n", rows);
    }

    /** Over the whole day, of all campaigns in turns, every tenth a success. */
    private void insert(int from, int rows) {
      server
          .database()
          .sql(
              """
              INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id,
                dedup_key, outcome, is_repeat, logged_at, decided_at)
              SELECT c.id, c.topic_id, 0, n.n, CONCAT('u', n.n), CONCAT('u', n.n),
                     IF(MOD(FLOOR(n.n / 20), 10) = 0, 'SUCCESS',
                        IF(MOD(n.n, 3) = 0, 'ALREADY_ISSUED', 'OUT_OF_STOCK')),
                     FALSE, :start + INTERVAL FLOOR(n.n * 86400000000 / :rows) MICROSECOND,
                     UTC_TIMESTAMP(6)
                FROM %s n
                JOIN campaign c ON c.name = CONCAT('measured-', MOD(n.n, 20))
               ORDER BY n.n
              """
                  .formatted(NUMBERS))
          .param("start", LocalDateTime.ofInstant(DAY.start(), ZoneOffset.UTC))
          .param("rows", rows)
          .param("from", from)
          .update();
    }

    private JsonNode answer(String way) {
      var answer = server.admin().get("/api/admin/stats/" + way + "?date=" + DAY.date());
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      return answer.json();
    }

    double read(String way) {
      return answer(way).get("queryTimeMs").asDouble();
    }

    /** Of one campaign on four partitions that has as many rows again. */
    void analyseOrder(int rows) {
      var body = "{\"name\":\"measured-order\",\"totalStock\":9,\"partitions\":4}";
      assertThat(server.admin().post("/api/admin/campaigns", body).status()).isEqualTo(201);
      for (int from = 0; from < rows; from += NUMBERS_COUNT) {
        server
            .database()
            .sql(
                """
                INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id,
                  dedup_key, outcome, is_repeat, logged_at, decided_at)
                SELECT c.id, c.topic_id, MOD(n.n, 4), n.n, CONCAT('u', n.n), CONCAT('u', n.n),
                       'OUT_OF_STOCK', FALSE, :start + INTERVAL n.n * 1000 MICROSECOND,
                       UTC_TIMESTAMP(6)
                  FROM %s n JOIN campaign c ON c.name = 'measured-order'
                 ORDER BY FLOOR(n.n / 1000), MOD(n.n, 4), n.n
                """
                    .formatted(NUMBERS))
            .param("start", LocalDateTime.ofInstant(DAY.start(), ZoneOffset.UTC))
            .param("from", from)
            .update();
      }
      for (int i = 0; i < 3; i++) {
        var json = server.admin().get("/api/admin/stats/order-analysis/measured-order").json();
        assertThat(json.get("summary").get("totalRecords").asInt()).isEqualTo(rows);
        System.out.println(
            "Order analysis: " + json.get("queryTimeMs") + " ms, " + json.get("summary"));
      }
      System.out.printf(Locale.ROOT, "Raw, 2,000,000 rows: %.3f ms%n", read("raw"));
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
