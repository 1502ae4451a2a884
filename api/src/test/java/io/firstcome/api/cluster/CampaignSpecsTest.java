package io.firstcome.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.campaign.CampaignKind;
import io.firstcome.api.campaign.NewCampaign;
import io.firstcome.api.campaign.SoldOut;
import io.firstcome.api.campaign.TopicSettings;
import io.firstcome.api.campaign.Window;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CampaignSpecsTest {
  @Test
  void theTopicHasAsManyCopiesAsTheInstallationWants() {
    assertThat(topic(3, 1, null)).isEqualTo(Map.of("replicationFactor", (short) 3));
    assertThat(topic(3, 4, null))
        .isEqualTo(Map.of("partitions", 4, "replicationFactor", (short) 3));
    assertThat(topic(1, 4, null)).isEqualTo(Map.of("partitions", 4));
    assertThat(topic(1, 1, null)).isNull();
    // A lane's topic is the api's own.
    assertThat(topic(3, 4, "coupons")).isNull();
  }

  private static @Nullable Object topic(int copies, int partitions, @Nullable String lane) {
    var topics = new TopicSettings((short) copies, 1, Duration.ofDays(7), Duration.ofSeconds(10));
    var wanted =
        new NewCampaign(
            "a",
            "A",
            CampaignKind.FIRST_COME,
            5,
            new Window(null, null),
            ZoneOffset.UTC,
            false,
            SoldOut.RECORD,
            partitions,
            lane);
    return new CampaignSpecs("sales", ZoneOffset.UTC, topics).spec(wanted).get("topic");
  }
}
