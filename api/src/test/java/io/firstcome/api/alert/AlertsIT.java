package io.firstcome.api.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.firstcome.api.campaign.TimeZoneSettings;
import io.firstcome.core.lock.DatabaseLock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** The watch on a real database, a real mail server and a real receiver of webhooks. */
@ExtendWith(OutputCaptureExtension.class)
class AlertsIT {
  private static final String LINK = "https://firstcome.example.com";

  @RegisterExtension
  static final GreenMailExtension MAIL =
      new GreenMailExtension(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BatchTables tables = BatchTables.create();
  private HookReceiver hook;

  @BeforeEach
  void receiver() throws IOException {
    hook = new HookReceiver();
  }

  @AfterEach
  void noReceiver() {
    hook.close();
  }

  @Test
  void aFailedRunIsToldOnceThroughEachChannel() throws Exception {
    long id = tables.run("2026-11-20", "FAILED");
    var watch = watch();

    watch.look();
    watch.look();
    watch().look();

    var text =
        """
        [Firstcome] daily-statistics of 2026-11-20: FAILED
        Job: daily-statistics
        Date: 2026-11-20
        Status: FAILED
        Exit message: java.lang.X: <a> & b
        See: https://firstcome.example.com/api/admin/batch/status/\
        """
            + id;
    assertThat(hook.taken)
        .containsExactly(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    assertThat(hook.contentTypes).containsExactly("application/json; charset=utf-8");
    assertThat(mails()).containsExactly(text);
    var mail = MAIL.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("[Firstcome] daily-statistics of 2026-11-20: FAILED");
    assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(mail.getFrom()[0]).hasToString("firstcome@example.com");
    assertThat(mail.getAllRecipients()[0]).hasToString("ops@example.com");
    assertThat(meters.counter("firstcome.alerts.raised", "kind", "FAILED").count()).isEqualTo(1);
    assertThat(tables.delivery("mail")).containsEntry("state", "SENT").containsEntry("attempts", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "STOPPED", "ABANDONED", "UNKNOWN"})
  void endsThatAreProblems(String status) throws Exception {
    long id = tables.run("2026-11-20", status);
    tables.created(tables.run("2026-11-10", status), 8);
    tables.run("2026-11-20", "COMPLETED");

    watch().look();

    assertThat(tables.problems()).containsExactly("failed:" + id);
  }

  @Test
  void onlyTheLastExecutionOfAnInstanceCounts() throws Exception {
    tables.restart(tables.run("2026-11-18", "FAILED"), "COMPLETED");
    tables.restart(tables.run("2026-11-19", "FAILED"), "STARTED");
    long last = tables.restart(tables.run("2026-11-20", "FAILED"), "FAILED");

    try (var _ = runningJob()) {
      var watch = watch();
      watch.look();
      watch.look();
    }

    assertThat(tables.problems()).containsExactly("failed:" + last);
  }

  @Test
  void aRunThatWasKilledIsAProblemAndOneAtWorkIsNot() throws Exception {
    var watch = watch();
    long id;
    try (var _ = runningJob()) {
      id = tables.run("2026-11-20", "STARTED");
      for (int i = 0; i < 3; i++) {
        watch.look();
      }
      assertThat(tables.problems()).isEmpty();
    }

    watch.look();
    assertThat(tables.problems()).isEmpty();
    watch.look();

    assertThat(tables.problems()).containsExactly("failed:" + id);
    assertThat(hook.taken.getFirst()).contains("STARTED, but its process is gone");
    tables.status(id, "FAILED");
    watch.look();
    assertThat(hook.taken).hasSize(1);
  }

  @Test
  void aRunThatEndsBetweenTwoLooksIsNoProblem() throws Exception {
    var watch = watch();
    long id = tables.run("2026-11-20", "STARTING");
    watch.look();
    tables.status(id, "COMPLETED");
    watch.look();
    watch.look();

    assertThat(tables.problems()).isEmpty();
  }

  @Test
  void aRunThatNeverWasIsMissedOnce() throws Exception {
    var campaign = tables.campaign("sale");
    tables.pending(campaign, yesterday(), 5);

    watch().look();
    watch().look();

    assertThat(tables.problems()).containsExactly("missed:" + yesterday());
    assertThat(hook.taken)
        .singleElement()
        .asString()
        .contains("The daily statistics of " + yesterday() + " are missing")
        .contains("no run for this date has completed")
        .contains("Not aggregated: 1 campaign (sale)")
        .contains("POST " + LINK + "/api/admin/batch/aggregate?date=" + yesterday());
    assertThat(meters.counter("firstcome.alerts.raised", "kind", "MISSED").count()).isEqualTo(1);
  }

  @Test
  void aRunThatLeftACampaignOutIsMissed() throws Exception {
    tables.run(yesterday().toString(), "COMPLETED");
    var leftOut = tables.campaign("left-out");
    tables.pending(leftOut, yesterday().minusDays(1), 5);
    tables.aggregated(leftOut, 60);

    watch().look();

    assertThat(tables.problems()).containsExactly("missed:" + yesterday());
    assertThat(hook.taken.getFirst()).contains("left something out").contains("(left-out)");
  }

  @Test
  void whatComesAfterTheRunIsNoMiss() throws Exception {
    tables.run(yesterday().toString(), "COMPLETED");
    tables.pending(tables.campaign("late"), yesterday(), -5);
    var busy = tables.campaign("busy-while-it-was-aggregated");
    tables.pending(busy, yesterday(), 5);
    tables.aggregated(busy, -1);
    tables.pending(tables.campaign("today"), yesterday().plusDays(1), 5);

    watch().look();

    assertThat(tables.problems()).isEmpty();
  }

  @Test
  void nothingIsMissedWithoutCampaignsOrWithoutASchedule() throws Exception {
    watch().look();
    tables.campaign("sale");
    watch(new ScheduleSettings("-"), 10, channels()).look();

    assertThat(tables.problems()).isEmpty();
    watch().look();
    assertThat(tables.problems()).hasSize(1);
  }

  @Test
  void aChannelThatIsAwayIsTriedUntilItIsBack(CapturedOutput output) throws Exception {
    tables.run("2026-11-20", "FAILED");
    hook.status = 500;
    var watch = watch();

    lookUntil(watch, () -> hook.asked.size() == 3);
    assertThat(tables.delivery("webhook"))
        .containsEntry("state", "WAITING")
        .containsEntry("attempts", 3)
        .containsEntry("last_error", "answered 500");
    assertThat(mails()).hasSize(1);
    hook.status = 200;
    lookUntil(watch, () -> !hook.taken.isEmpty());
    watch.look();

    assertThat(hook.asked).hasSize(4);
    assertThat(mails()).hasSize(1);
    assertThat(tables.delivery("webhook"))
        .containsEntry("state", "SENT")
        .containsEntry("attempts", 4);
    assertThat(meters.counter("firstcome.alerts.failed", "channel", "webhook").count())
        .isEqualTo(3);
    assertThat(meters.counter("firstcome.alerts.failed", "channel", "mail").count()).isZero();
    assertThat(output.getAll()).contains("through webhook: answered 500").doesNotContain("s3cret");
  }

  @Test
  void aChannelThatSaysNothingHoldsUpNobody() throws Exception {
    tables.run("2026-11-20", "FAILED");
    hook.held = new CountDownLatch(1);
    var watch = watch();

    watch.look();

    assertThat(mails()).hasSize(1);
    assertThat(tables.delivery("webhook"))
        .containsEntry("state", "WAITING")
        .containsEntry("last_error", "no answer within 5 s");
    hook.held.countDown();
    lookUntil(watch, () -> tables.deliveries("webhook", "SENT") == 1);
    assertThat(mails()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    tables.run("2026-11-20", "FAILED");
    hook.status = 307;

    watch().look();

    assertThat(hook.asked).hasSize(1);
    assertThat(tables.delivery("webhook")).containsEntry("last_error", "answered 307");
  }

  @Test
  void serversThatAreDownAreNamedWithoutSecrets(CapturedOutput output) throws Exception {
    tables.run("2026-11-20", "FAILED");
    var channels = channels();
    hook.close();
    MAIL.stop();

    watch(everyMinute(), 10, channels).look();

    assertThat(tables.delivery("webhook"))
        .containsEntry("last_error", "not reached: java.net.ConnectException");
    assertThat(tables.delivery("mail").get("last_error")).asString().contains("Connection refused");
    assertThat(output.getAll()).doesNotContain("s3cret");
  }

  @Test
  void aDayOfTriesIsEnough(CapturedOutput output) throws Exception {
    tables.run("2026-11-20", "FAILED");
    hook.status = 500;
    var watch = watch();
    watch.look();
    tables.jdbc.sql("UPDATE alert SET raised_at = raised_at - INTERVAL 25 HOUR").update();

    lookUntil(watch, () -> tables.deliveries("webhook", "GIVEN_UP") == 1);
    hook.status = 200;
    watch.look();

    assertThat(hook.asked).hasSize(2);
    assertThat(output.getAll())
        .contains("Alerts that did not get out through webhook for a day are given up: 1;")
        .contains("daily-statistics of 2026-11-20: FAILED");
  }

  @Test
  void aNightOfFailuresIsAFewMessages() throws Exception {
    var watch = watch(everyMinute(), 2, channels());
    for (int i = 0; i < 2; i++) {
      tables.run("2026-11-20", "FAILED");
      watch.look();
    }
    for (int i = 0; i < 498; i++) {
      tables.run("2026-11-20", "FAILED");
      if (i % 100 == 0) {
        watch.look();
      }
    }
    watch.look();
    assertThat(hook.taken).hasSize(2);
    assertThat(mails()).hasSize(2);

    tables.anHourPasses();
    watch.look();
    watch.look();

    assertThat(hook.taken).hasSize(3);
    assertThat(mails()).hasSize(3);
    var summary = hook.taken.getLast();
    assertThat(summary)
        .startsWith("[Firstcome] 498 alerts\n")
        .endsWith("and 488 more: " + LINK + "/api/admin/batch/history");
    assertThat(summary.lines().filter(line -> line.startsWith("- "))).hasSize(10);
    assertThat(tables.problems()).hasSize(500);
    assertThat(tables.deliveries("webhook", "SENT")).isEqualTo(500);
    assertThat(tables.deliveries("mail", "SENT")).isEqualTo(500);
    assertThat(meters.counter("firstcome.alerts.raised", "kind", "FAILED").count()).isEqualTo(500);
  }

  @Test
  void whatOneLookFindsIsOneMessage() throws Exception {
    tables.run("2026-11-19", "FAILED");
    tables.run("2026-11-20", "STOPPED");

    watch().look();

    assertThat(mails()).singleElement().asString().startsWith("[Firstcome] 2 alerts\n- ");
  }

  @Test
  void severalWatchesAtOnceTellOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      tables.run("2026-11-20", "FAILED");
    }
    try (var threads = Executors.newFixedThreadPool(4)) {
      var looks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 4; i++) {
        var watch = watch();
        looks.add(() -> {
          for (int n = 0; n < 10; n++) {
            watch.look();
          }
          return null;
        });
      }
      for (var look : threads.invokeAll(looks)) {
        look.get();
      }
    }

    assertThat(tables.problems()).hasSize(20).doesNotHaveDuplicates();
    assertThat(hook.taken).hasSize(1);
    assertThat(mails()).hasSize(1);
  }

  @Test
  void withoutAChannelTheLogHasIt(CapturedOutput output) throws Exception {
    tables.run("2026-11-20", "FAILED");
    var watch = watch(everyMinute(), 10, List.of(new LogChannel()));

    watch.look();
    watch.look();

    assertThat(output.getAll().split("2026-11-20: FAILED", -1)).hasSize(2);
    assertThat(tables.deliveries("log", "SENT")).isEqualTo(1);
  }

  private DatabaseLock runningJob() throws Exception {
    return DatabaseLock.take(tables.database, "batch.daily-statistics", Duration.ZERO)
        .orElseThrow();
  }

  private static void lookUntil(AlertWatch watch, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          watch.look();
          return condition.call();
        });
  }

  /** Due each minute and missed at once, so that the last one was for yesterday. */
  private static ScheduleSettings everyMinute() {
    return new ScheduleSettings("* * * * *");
  }

  private static LocalDate yesterday() {
    return LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).minusDays(1);
  }

  private List<AlertChannel> channels() {
    var server = new JavaMailSenderImpl();
    server.setHost("127.0.0.1");
    server.setPort(MAIL.getSmtp().getPort());
    return List.of(
        new WebhookChannel(settings(10).webhook()), new MailChannel(server, settings(10).mail()));
  }

  private AlertSettings settings(int perHour) {
    return new AlertSettings(
        Duration.ofMillis(100),
        Duration.ZERO,
        perHour,
        LINK,
        hook.url(),
        new AlertSettings.Mail(List.of("ops@example.com"), "firstcome@example.com"));
  }

  /** A watch as another process would have it. */
  private AlertWatch watch() {
    return watch(everyMinute(), 10, channels());
  }

  private AlertWatch watch(ScheduleSettings schedule, int perHour, List<AlertChannel> channels) {
    var settings = settings(perHour);
    var transactions = new TransactionTemplate(new JdbcTransactionManager(tables.database));
    var platform = new TimeZoneSettings(ZoneId.of("UTC"));
    return new AlertWatch(
        tables.database,
        new FailedRuns(tables.database, tables.jdbc),
        new MissedRuns(tables.jdbc, schedule, platform, settings),
        new Alerts(new AlertRows(tables.jdbc, transactions), channels, settings, meters),
        settings);
  }

  private static List<String> mails() {
    var texts = new ArrayList<String>();
    for (var mail : MAIL.getReceivedMessages()) {
      texts.add(GreenMailUtil.getBody(mail).replace("\r\n", "\n").strip());
    }
    return texts;
  }
}
