package io.firstcome.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.api.ApiServer;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class HeavyReadsIT {
  private static final ApiServer SERVER = ApiServer.shared();
  private static final List<String> PATHS =
      List.of(
          "/api/admin/stats/raw?date=2001-01-01", "/api/admin/stats/order-analysis/heavy-reads");

  private final DataSource database = SERVER.bean(DataSource.class);

  @Test
  void threeAreTooMany() throws Exception {
    var api = SERVER.admin();
    api.post("/api/admin/campaigns", "{\"name\":\"heavy-reads\",\"totalStock\":1}");
    var begun = new CountDownLatch(HeavyReads.AT_ONCE_MAX);
    var end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < HeavyReads.AT_ONCE_MAX; i++) {
        var _ =
            threads.submit(() ->
                SERVER
                    .bean(HeavyReads.class)
                    .read(_ -> {
                      begun.countDown();
                      return await(end);
                    }));
      }
      assertThat(await(begun)).isTrue();
      for (var path : PATHS) {
        var refused = api.get(path);
        assertThat(refused.status()).as(refused.body()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(refused.header("Retry-After")).contains("5");
      }
      assertThat(api.get("/api/admin/stats/daily?date=2001-01-01").status()).isEqualTo(200);
      end.countDown();
    }
    for (var path : PATHS) {
      assertThat(api.get(path).status()).isEqualTo(200);
    }
  }

  @Test
  @Timeout(30)
  void aStatementThatTakesTooLongIsEnded() {
    var reads = new HeavyReads(database, Duration.ofSeconds(1));
    for (int i = 0; i <= HeavyReads.AT_ONCE_MAX; i++) {
      assertTooLong(() ->
          reads.read(reading -> reading.jdbc().sql("SELECT SLEEP(100)").query().singleValue()));
    }
  }

  @Test
  @Timeout(30)
  void rowsThatComeForTooLongAreGivenUp() {
    var reads = new HeavyReads(database, Duration.ofSeconds(1));
    var seen = new AtomicInteger();
    assertTooLong(() ->
        reads.read(reading -> {
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1100);
          reading.stream(
              reading.jdbc().sql("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"),
              _ -> {
                seen.incrementAndGet();
                while (System.nanoTime() < end) {
                  Thread.onSpinWait();
                }
              });
          return true;
        }));
    assertThat(seen).hasValue(1);
  }

  @Test
  void theConnectionIsPatientForTheReadOnlyAndReadsOnly() throws SQLException {
    try (var connection = database.getConnection()) {
      int patience = connection.getNetworkTimeout();
      assertThat(patience).isEqualTo(20_000);
      var single = new SingleConnectionDataSource(connection, true);
      var reads = new HeavyReads(single, Duration.ofSeconds(60));

      int during =
          reads.read(_ -> {
            try {
              assertThat(connection.isReadOnly()).isTrue();
              return connection.getNetworkTimeout();
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });

      assertThat(during).isEqualTo(65_000);
      assertThat(connection.getNetworkTimeout()).isEqualTo(patience);
      assertThat(connection.isReadOnly()).isFalse();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void assertTooLong(ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
              assertThat(problem.detail()).contains("longer than 1 seconds");
            });
  }
}
