package io.firstcome.operator.settings;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose days the statistics count by.
 *
 * @param timeZone of campaigns that do not say
 */
@ConfigurationProperties("firstcome")
public record TimeZoneSettings(@DefaultValue("Asia/Seoul") ZoneId timeZone) {}
