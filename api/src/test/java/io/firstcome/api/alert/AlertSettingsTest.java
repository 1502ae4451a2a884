package io.firstcome.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlertSettingsTest {
  @Test
  void defaults() {
    assertThat(settings())
        .isEqualTo(
            new AlertSettings(
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                10,
                null,
                null,
                new AlertSettings.Mail(List.of(), null)));
    assertThat(new Binder().bindOrCreate("firstcome.batch", ScheduleSettings.class).schedule())
        .isEqualTo("0 2 * * *");
  }

  @Test
  void everyKey() {
    var settings =
        settings(
            "every=1s",
            "missed-after=2h",
            "per-hour=3",
            "link=https://firstcome.example.com/",
            "webhook-url=https://hooks.example.com/services/T0/B0/x",
            "mail.to=a@example.com, b@example.com",
            "mail.from=Firstcome <firstcome@example.com>");

    assertThat(settings.every()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.missedAfter()).isEqualTo(Duration.ofHours(2));
    assertThat(settings.perHour()).isEqualTo(3);
    assertThat(settings.base()).isEqualTo("https://firstcome.example.com");
    assertThat(settings.webhook())
        .isEqualTo(URI.create("https://hooks.example.com/services/T0/B0/x"));
    assertThat(settings.mail().to()).containsExactly("a@example.com", "b@example.com");
    assertThat(settings.toString()).contains("webhook=on").doesNotContain("hooks.example.com");
  }

  @Test
  void whatIsEmptyIsOff() {
    var settings = settings("webhook-url=", "mail.to=", "link=");

    assertThat(settings.webhook()).isNull();
    assertThat(settings.base()).isEmpty();
    assertThat(settings.mail().to()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every=99ms                   | firstcome.alerts.every must be 100ms to 1h
          every=61m                    | firstcome.alerts.every must be 100ms to 1h
          missed-after=-1s             | firstcome.alerts.missed-after must be 0s to 23h
          missed-after=24h             | firstcome.alerts.missed-after must be 0s to 23h
          per-hour=0                   | firstcome.alerts.per-hour must be 1 to 1000
          per-hour=1001                | firstcome.alerts.per-hour must be 1 to 1000
          link=firstcome.example.com   | firstcome.alerts.link must be as in https://
          link=https://f.example?a=b   | firstcome.alerts.link must be as in https://
          link=ftp://f.example         | firstcome.alerts.link must be as in https://
          mail.to=a@example.com        | firstcome.alerts.mail.from must be set
          mail.to=nobody               | firstcome.alerts.mail.to must be a mail address
          """)
  void startupFailsWithASentence(String setting, String sentence) {
    assertThatThrownBy(() -> settings(setting))
        .rootCause()
        .isInstanceOfAny(IllegalArgumentException.class, Exception.class);
    assertThatThrownBy(() -> settings(setting)).hasStackTraceContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks.example.com/s3cret", "ftp://h/s3cret", "https:s3cret", "s3 cret"})
  void aWrongWebhookIsNotRepeated(String url) {
    assertThatThrownBy(() -> settings("webhook-url=" + url))
        .hasStackTraceContaining("firstcome.alerts.webhook-url must be an address that begins with")
        .satisfies(e -> assertThat(trace(e)).doesNotContain("cret"));
  }

  private static String trace(Throwable e) {
    var writer = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(writer));
    return writer.toString();
  }

  private static AlertSettings settings(String... settings) {
    var source =
        new MapConfigurationPropertySource(
            Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(pair -> "firstcome.alerts." + pair[0], pair -> pair[1])));
    return new Binder(source).bindOrCreate("firstcome.alerts", AlertSettings.class);
  }
}
