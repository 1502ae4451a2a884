package io.firstcome.api.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How campaigns are deleted.
 *
 * @param grace between closing a campaign and deleting its topic, so that every process has heard
 *     of the closing; longer than an entry of the directory is fresh
 * @param rowsPerStatement how many rows one statement deletes, and so how long it holds locks
 */
@ConfigurationProperties("firstcome.removal")
record RemovalSettings(
    @DefaultValue("2s") Duration grace, @DefaultValue("5000") int rowsPerStatement) {

  RemovalSettings {
    if (grace.isNegative() || grace.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("firstcome.removal.grace must be 0s to 1m, was " + grace);
    }
    if (rowsPerStatement < 1 || rowsPerStatement > 100_000) {
      throw new IllegalArgumentException(
          "firstcome.removal.rows-per-statement must be 1 to 100000, was " + rowsPerStatement);
    }
  }
}
