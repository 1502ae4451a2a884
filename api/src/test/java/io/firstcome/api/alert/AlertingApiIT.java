package io.firstcome.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.firstcome.api.ApiServer;
import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;

/** Alerts as the whole api sends them, switched on by its settings. */
class AlertingApiIT {
  @RegisterExtension
  static final GreenMailExtension MAIL =
      new GreenMailExtension(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
          .withPerMethodLifecycle(false);

  private static final Database DATABASE = TestServers.get().newDatabase();
  private static HookReceiver hook;

  @BeforeAll
  static void receiver() throws IOException {
    hook = new HookReceiver();
  }

  @AfterAll
  static void noReceiver() {
    hook.close();
  }

  @Test
  void oneOfTwoProcessesTellsOnceAndARestartNothing() throws Exception {
    var tables = BatchTables.of(DATABASE);
    long first;
    try (var one = alertingApi();
        var two = alertingApi()) {
      first = tables.run("2026-11-20", "FAILED");
      awaitMessages(1);
      long second = tables.run("2026-11-21", "FAILED");
      awaitMessages(2);
      assertThat(hook.taken.getFirst())
          .contains("See: https://firstcome.example.com/api/admin/batch/status/" + first);
      assertThat(GreenMailUtil.getBody(MAIL.getReceivedMessages()[1]))
          .contains("See: https://firstcome.example.com/api/admin/batch/status/" + second);
      assertThat(raised(one) + raised(two)).isEqualTo(2);
      assertThat(one.bean(HealthEndpoint.class).health())
          .satisfies(health -> assertThat(health.getStatus().getCode()).isEqualTo("UP"));
    }

    // The restarted api tells the next problem, and only that.
    try (var _ = alertingApi()) {
      tables.run("2026-11-22", "FAILED");
      awaitMessages(3);
    }
    assertThat(hook.taken).hasSize(3);
    assertThat(hook.taken.getLast()).contains("2026-11-22").doesNotContain("2026-11-20");
    assertThat(MAIL.getReceivedMessages()).hasSize(3);
  }

  @Test
  void aMailServerThatIsAwayDoesNotMakeTheApiUnready() {
    try (var api =
        ApiServer.start(
            "firstcome.alerts.mail.to=ops@example.com",
            "firstcome.alerts.mail.from=firstcome@example.com",
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=1")) {
      var health = api.bean(HealthEndpoint.class);
      assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
      assertThat(health.healthForPath("mail")).isNull();
    }
  }

  @Test
  void mailWithoutAServerRefusesToStart() {
    assertThatThrownBy(() ->
            ApiServer.start(
                "firstcome.alerts.mail.to=ops@example.com",
                "firstcome.alerts.mail.from=firstcome@example.com"))
        .hasStackTraceContaining("spring.mail.host must be set");
  }

  private static double raised(ApiServer api) {
    return api.bean(MeterRegistry.class)
        .counter("firstcome.alerts.raised", "kind", "FAILED")
        .count();
  }

  private static ApiServer alertingApi() {
    return ApiServer.start(
        "spring.datasource.url=" + DATABASE.jdbcUrl(),
        "spring.datasource.username=" + DATABASE.user(),
        "spring.datasource.password=" + DATABASE.password(),
        "firstcome.alerts.every=100ms",
        "firstcome.alerts.link=https://firstcome.example.com",
        "firstcome.alerts.webhook-url=" + hook.url(),
        "firstcome.alerts.mail.to=ops@example.com",
        "firstcome.alerts.mail.from=firstcome@example.com",
        "firstcome.batch.schedule=-",
        "spring.mail.host=127.0.0.1",
        "spring.mail.port=" + MAIL.getSmtp().getPort());
  }

  private static void awaitMessages(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(hook.taken).hasSize(count);
          assertThat(MAIL.getReceivedMessages()).hasSize(count);
        });
  }
}
