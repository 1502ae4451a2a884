package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {
  @Test
  void defaults() {
    assertThat(topic())
        .isEqualTo(new TopicSettings((short) 1, 2, Duration.ofDays(7), Duration.ofSeconds(10)));
    assertThat(lanes()).isEqualTo(new LaneSettings(Map.of()));
    assertThat(removal()).isEqualTo(new RemovalSettings(Duration.ofSeconds(2), 5_000));
  }

  @Test
  void everyKey() {
    assertThat(
            topic(
                "firstcome.topic.replication-factor=5",
                "firstcome.topic.min-insync-replicas=3",
                "firstcome.topic.retention=25h",
                "firstcome.topic.timeout=7s"))
        .isEqualTo(new TopicSettings((short) 5, 3, Duration.ofHours(25), Duration.ofSeconds(7)));
    assertThat(lanes("firstcome.lanes.coupons.partitions=9", "firstcome.lanes.a-b.partitions=2"))
        .isEqualTo(
            new LaneSettings(
                Map.of("coupons", new LaneSettings.Lane(9), "a-b", new LaneSettings.Lane(2))));
    assertThat(removal("firstcome.removal.grace=3ms", "firstcome.removal.rows-per-statement=7"))
        .isEqualTo(new RemovalSettings(Duration.ofMillis(3), 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "firstcome.topic.replication-factor=0",
        "firstcome.topic.min-insync-replicas=0",
        "firstcome.topic.retention=59m",
        "firstcome.topic.timeout=999ms",
        "firstcome.topic.timeout=61s",
        "firstcome.lanes.Coupons.partitions=1",
        "firstcome.lanes.coupons.partitions=0",
        "firstcome.lanes.coupons.partitions=1001",
        "firstcome.removal.grace=-1s",
        "firstcome.removal.grace=61s",
        "firstcome.removal.rows-per-statement=0",
      })
  void startupFailsOutOfBounds(String setting) {
    assertThatThrownBy(
            () -> {
              topic(setting);
              lanes(setting);
              removal(setting);
            })
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreInsyncReplicasThanReplicasMakeNoSense() {
    assertThatThrownBy(() ->
            topic("firstcome.topic.replication-factor=3", "firstcome.topic.min-insync-replicas=4"))
        .rootCause()
        .hasMessageContaining("min-insync-replicas");
  }

  private static TopicSettings topic(String... settings) {
    return binder(settings).bindOrCreate("firstcome.topic", TopicSettings.class);
  }

  private static LaneSettings lanes(String... settings) {
    return binder(settings).bindOrCreate("firstcome", LaneSettings.class);
  }

  private static RemovalSettings removal(String... settings) {
    return binder(settings).bindOrCreate("firstcome.removal", RemovalSettings.class);
  }

  private static Binder binder(String... settings) {
    return new Binder(
        new MapConfigurationPropertySource(
            Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]))));
  }
}
