package io.firstcome.api.alert;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the daily statistics run.
 *
 * @param schedule five fields as cron has them, in the platform's time zone; - for never
 */
@ConfigurationProperties("firstcome.batch")
record ScheduleSettings(@DefaultValue("0 2 * * *") String schedule) {
  ScheduleSettings {
    Schedule.of(schedule);
  }
}
