package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** A lane whose setting is raised: an api that knows it, beside one that does not know it yet. */
class LaneGrowthIT {
  private static final String PATH = AdminCampaignController.PATH;

  private static ApiServer before;
  private static ApiServer after;
  private static CampaignProbe probe;

  @BeforeAll
  static void startBoth() {
    before =
        ApiServer.start(
            "firstcome.lanes.tickets.partitions=1", "firstcome.lanes.tours.partitions=1");
    probe = new CampaignProbe(before);
    var same = before.bean(Environment.class);
    var settings =
        Stream.concat(
            Stream.of("url", "username", "password")
                .map("spring.datasource."::concat)
                .map(key -> key + "=" + same.getRequiredProperty(key)),
            Stream.of(
                "firstcome.lanes.tickets.partitions=3", "firstcome.lanes.tours.partitions=3"));
    after = ApiServer.start(settings.toArray(String[]::new));
  }

  @AfterAll
  static void stopBoth() {
    after.close();
    before.close();
    probe.log.close(Duration.ofSeconds(5));
  }

  @Test
  void newCampaignsSpreadOverTheNewPartitionsAndEarlierOnesStayWhereTheyAre() {
    create(before.admin(), "early", 1);
    assertThat(partitionOf(before, "early")).isZero();

    var later = List.of("later-1", "later-2", "later-3");
    later.forEach(name -> create(after.admin(), name, 3));

    probe.topic("firstcome.lane.tickets", 3);
    assertThat(later).extracting(name -> partitionOf(after, name)).containsOnlyOnce(0, 1, 2);
    assertThat(later).extracting(name -> partitionOf(before, name)).containsOnlyOnce(0, 1, 2);
    assertThat(partitionOf(after, "early")).isZero();
    // A smaller setting takes nothing away.
    create(before.admin(), "last", 3);
    probe.topic("firstcome.lane.tickets", 3);
  }

  @Test
  void aLaneThatCannotGrowTakesCampaignsAllTheSame() throws Exception {
    createOn("tours", before.admin(), "first-tour", 1);
    // Of all that keeps Kafka from it, what a test can do.
    probe.log.deleteTopics(List.of("firstcome.lane.tours")).all().get();

    createOn("tours", after.admin(), "second-tour", 1);
  }

  private static void create(ApiClient api, String name, int partitions) {
    createOn("tickets", api, name, partitions);
  }

  private static void createOn(String lane, ApiClient api, String name, int partitions) {
    var answer =
        api.post(PATH, "{\"name\":\"%s\",\"totalStock\":9,\"lane\":\"%s\"}".formatted(name, lane));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().get("partitions").asInt()).isEqualTo(partitions);
  }

  /** Where a request to the campaign goes. */
  private static int partitionOf(ApiServer server, String campaign) {
    var answer = server.anybody().participate(campaign, "somebody");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().get("partition").asInt();
  }
}
