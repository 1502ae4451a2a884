package io.firstcome.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveIT {
  private static final int VIEWERS = 40;
  private static final Duration TIME = Duration.ofSeconds(6);

  private final ApiServer server = ApiServer.shared();

  @Test
  void tellsWhatIsDecidedAndWhatWaits() {
    var name = campaign("live-told", 4);
    long id = server.admin().get("/api/admin/campaigns/" + name).json().get("id").asLong();
    for (int user = 0; user < 12; user++) {
      assertThat(server.anybody().participate(name, "u" + user).status()).isEqualTo(202);
    }
    server
        .database()
        .sql(
            """
            INSERT INTO campaign_rate VALUES
              (:id, 1, UNIX_TIMESTAMP() - 1, 10, 25000), (:id, 2, UNIX_TIMESTAMP() - 200, 1, 7000),
              (:id, 3, UNIX_TIMESTAMP() - 301, 99, 1)
            """)
        .param("id", id)
        .update();
    server
        .database()
        .sql(
            """
            INSERT INTO consumer_offset
            SELECT topic_id, 2, 1, NULL, 1, 'test' FROM campaign WHERE id = :id
            """)
        .param("id", id)
        .update();

    var live = server.admin().get("/api/admin/campaigns/" + name + "/live").json();

    assertThat(live.get("campaignName").asString()).isEqualTo(name);
    assertThat(live.get("state").asString()).isEqualTo("OPEN");
    assertThat(live.get("currentStock").asLong()).isEqualTo(100);
    assertThat(live.get("lag").asLong()).isEqualTo(11);
    assertThat(live.get("partitions")).hasSize(4);
    var third = live.get("partitions").get(2);
    assertThat(third.get("nextOffset").asLong()).isEqualTo(1);
    assertThat(third.get("lag").asLong())
        .isEqualTo(third.get("endOffset").asLong() - third.get("nextOffset").asLong());
    assertThat(live.get("rate")).hasSize(2);
    assertThat(live.get("rate").get(0).get("decided").asLong()).isEqualTo(1);
    assertThat(live.get("rate").get(1).get("avgLatencyMs").asDouble()).isEqualTo(2.5);
    // The same reading, the last minute of it.
    var metrics =
        server.anybody().get("/api/campaigns/" + name + "/status").json().get("processingMetrics");
    assertThat(metrics.get("recentProcessed").asLong()).isEqualTo(10);
  }

  @Test
  void costsOneLookASecondHoweverManyAreLooking() throws InterruptedException {
    var name = campaign("live-watched", 1);
    var reads = server.bean(MeterRegistry.class).counter("firstcome.status.reads");
    double before = reads.count();
    var answers = new AtomicInteger();
    long end = System.nanoTime() + TIME.toNanos();
    try (var viewers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < VIEWERS; i++) {
        boolean live = i % 2 == 0;
        var _ =
            viewers.submit(() -> {
              while (System.nanoTime() < end) {
                int status =
                    live
                        ? server.admin().get("/api/admin/campaigns/" + name + "/live").status()
                        : server.anybody().get("/api/campaigns/" + name + "/status").status();
                answers.addAndGet(status == 200 ? 1 : 0);
                Thread.sleep(100);
              }
              return null;
            });
      }
    }
    double looks = reads.count() - before;
    System.out.printf(
        "%d viewers, %d answers in %d s: %.0f looks at the database%n",
        VIEWERS, answers.get(), TIME.toSeconds(), looks);
    assertThat(looks).isBetween(1.0, TIME.toSeconds() + 1.0);
    assertThat(answers.get()).as("of many viewers").isGreaterThan(10 * (int) looks);
  }

  private String campaign(String name, int partitions) {
    var made =
        server
            .admin()
            .post(
                "/api/admin/campaigns",
                "{\"name\":\"%s\",\"totalStock\":100,\"partitions\":%d}"
                    .formatted(name, partitions));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return name;
  }
}
