package io.firstcome.api.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertMessageTest {
  @Test
  void aFailedRunSaysWhatIsKnown() {
    var run =
        new FailedRun(
            12, "daily-statistics", "2026-11-20", "한정", "FAILED", "\njava.X: a\tb\n\tat y(Z)");

    var alert = run.alert("https://f.example");

    assertThat(alert.problem()).isEqualTo("failed:12");
    assertThat(AlertMessage.of(List.of(alert), 1, "all"))
        .isEqualTo(
            new AlertMessage(
                "[Firstcome] daily-statistics of 2026-11-20, campaign 한정: FAILED",
                """
                [Firstcome] daily-statistics of 2026-11-20, campaign 한정: FAILED
                Job: daily-statistics
                Date: 2026-11-20
                Campaign: 한정
                Status: FAILED
                Exit message: java.X: a b
                See: https://f.example/api/admin/batch/status/12\
                """));
  }

  @Test
  void aRunWithoutAProcessSaysSo() {
    var alert = new FailedRun(3, "audit", null, null, "STARTED", null).alert("");

    assertThat(alert.title()).isEqualTo("audit: STARTED, but its process is gone");
    assertThat(alert.details())
        .isEqualTo(
            """
            Job: audit
            Status: STARTED, but its process is gone
            See: /api/admin/batch/status/3\
            """);
  }

  @Test
  void theLongestNamesFitTheirColumns() {
    var long2500 = "x".repeat(2500);

    var alert =
        new FailedRun(Long.MAX_VALUE, long2500, long2500, long2500, "ABANDONED", long2500)
            .alert("https://" + "y".repeat(292));

    assertThat(alert.title()).hasSizeLessThanOrEqualTo(300);
    assertThat(alert.link()).hasSizeLessThanOrEqualTo(500);
    assertThat(alert.problem()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void severalAreListedWithALineEach() {
    var alerts =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> new FailedRun(i, "audit", null, null, "FAILED", null).alert("h"))
            .toList();

    assertThat(AlertMessage.of(alerts.subList(0, 2), 2, "h/all"))
        .isEqualTo(
            new AlertMessage(
                "[Firstcome] 2 alerts",
                """
                [Firstcome] 2 alerts
                - audit: FAILED: h/api/admin/batch/status/1
                - audit: FAILED: h/api/admin/batch/status/2\
                """));
    assertThat(AlertMessage.of(alerts, 24, "h/all").text())
        .startsWith("[Firstcome] 24 alerts\n- ")
        .endsWith("/status/10\nand 14 more: h/all");
  }

  @ParameterizedTest
  @CsvSource({"a b,5,a b", "abcdef,5,abcd…", "abc😀f,5,abc…", "'\u0000a\r\n\u2028\u202eb ',5,a b"})
  void oneLine(String text, int max, String line) {
    assertThat(OneLine.of(text, max)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "PT30S,0,PT30S",
    "PT30S,1,PT1M",
    "PT30S,5,PT16M",
    "PT30S,6,PT30M",
    "PT30S,100000,PT30M",
    "PT1H,0,PT1H",
    "PT1H,3,PT1H",
  })
  void pausesGrowUpToHalfAnHour(Duration first, int failures, Duration pause) {
    assertThat(Alerts.pause(first, failures)).isEqualTo(pause);
  }
}
