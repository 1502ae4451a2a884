package io.firstcome.api.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the process stops.
 *
 * @param drain how long it goes on taking requests after it was told to stop, and takes leave of
 *     every client that calls; longer than load balancers need to hear of it
 */
@ConfigurationProperties("firstcome")
record DrainSettings(@DefaultValue("0s") Duration drain) {

  DrainSettings {
    if (drain.isNegative() || drain.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("firstcome.drain must be 0s to 5m, was " + drain);
    }
  }
}
