package io.firstcome.batch.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the past is kept.
 *
 * @param retention records of runs that began longer ago are removed, but for the last ones of each
 *     job
 */
@ConfigurationProperties("firstcome.batch")
record RetentionSettings(@DefaultValue("90d") Duration retention) {
  RetentionSettings {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException(
          "firstcome.batch.retention must be positive, was " + retention);
    }
  }
}
