package io.firstcome.batch.dailystatistics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the statistics are counted.
 *
 * @param threads so many campaigns are counted at a time, 1 to 16
 */
@ConfigurationProperties("firstcome.batch")
record StatisticsSettings(@DefaultValue("4") int threads) {
  StatisticsSettings {
    if (threads < 1 || threads > 16) {
      throw new IllegalArgumentException("firstcome.batch.threads must be 1 to 16, was " + threads);
    }
  }
}
