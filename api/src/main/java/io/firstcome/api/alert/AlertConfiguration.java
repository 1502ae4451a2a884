package io.firstcome.api.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

@Configuration(proxyBeanMethods = false)
class AlertConfiguration {

  @Bean
  Alerts alerts(
      AlertRows rows,
      AlertSettings settings,
      ObjectProvider<JavaMailSender> mailServer,
      MeterRegistry meters) {
    return new Alerts(rows, channels(settings, mailServer.getIfAvailable()), settings, meters);
  }

  @Bean
  AlertWatch alertWatch(
      DataSource database,
      FailedRuns failedRuns,
      MissedRuns missedRuns,
      Alerts alerts,
      AlertSettings settings) {
    return new AlertWatch(database, failedRuns, missedRuns, alerts, settings);
  }

  /** A channel is on when its setting is there; the log when there is none. */
  private static List<AlertChannel> channels(
      AlertSettings settings, @Nullable JavaMailSender mailServer) {
    var channels = new ArrayList<AlertChannel>();
    var webhook = settings.webhook();
    if (webhook != null) {
      channels.add(new WebhookChannel(webhook));
    }
    if (!settings.mail().to().isEmpty()) {
      if (mailServer == null) {
        throw new InvalidConfigurationPropertyValueException(
            "firstcome.alerts.mail.to",
            settings.mail().to(),
            "Mail goes out through a server, so spring.mail.host must be set too");
      }
      channels.add(new MailChannel(mailServer, settings.mail()));
    }
    return channels.isEmpty() ? List.of(new LogChannel()) : List.copyOf(channels);
  }
}
