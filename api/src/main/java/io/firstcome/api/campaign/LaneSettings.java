package io.firstcome.api.campaign;

import io.firstcome.core.campaign.CampaignName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The lanes that campaigns can share, by name.
 *
 * @param lanes each is one topic, made when the first campaign uses it
 */
@ConfigurationProperties("firstcome")
record LaneSettings(@DefaultValue Map<String, Lane> lanes) {

  /**
   * @param partitions how many campaigns can be decided at the same time
   */
  record Lane(int partitions) {}

  LaneSettings {
    lanes = new TreeMap<>(lanes);
    lanes.forEach((name, lane) -> {
      if (!CampaignName.isName(name)) {
        throw new IllegalArgumentException(
            "firstcome.lanes: a lane's name must be a DNS label, was " + name);
      }
      if (lane.partitions() < 1 || lane.partitions() > NewCampaign.PARTITIONS_MAX) {
        throw new IllegalArgumentException(
            "firstcome.lanes.%s.partitions must be 1 to %d, was %d"
                .formatted(name, NewCampaign.PARTITIONS_MAX, lane.partitions()));
      }
    });
  }

  Optional<Lane> find(String name) {
    return Optional.ofNullable(lanes.get(name));
  }

  /** For people. */
  String names() {
    return lanes.isEmpty() ? "none" : String.join(", ", lanes.keySet());
  }
}
