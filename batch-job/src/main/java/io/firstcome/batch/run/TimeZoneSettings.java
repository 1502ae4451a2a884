package io.firstcome.batch.run;

import io.firstcome.core.campaign.BusinessDay;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a day of the platform begins and ends; the same setting as the api's.
 *
 * @param timeZone of campaigns that name none, and of days that are asked for without a campaign
 */
@ConfigurationProperties("firstcome")
record TimeZoneSettings(@DefaultValue("Asia/Seoul") ZoneId timeZone) {
  TimeZoneSettings {
    if (!BusinessDay.isZone(timeZone.getId())) {
      throw new IllegalArgumentException(
          "firstcome.time-zone must be the name of a time zone, as in Asia/Seoul, was " + timeZone);
    }
  }
}
