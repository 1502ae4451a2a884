package io.firstcome.operator.settings;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a day of the platform begins and ends; the same setting as the api's.
 *
 * @param timeZone of campaigns that name none, and of days that are asked for without a campaign
 */
@ConfigurationProperties("firstcome")
public record TimeZoneSettings(@DefaultValue("Asia/Seoul") ZoneId timeZone) {}
