package io.firstcome.api.order;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class OrderAnalysisIT {
  private static final String PATH = "/api/admin/stats/order-analysis/";
  private static final ApiServer SERVER = ApiServer.shared();

  private final ApiClient api = SERVER.admin();
  private final JdbcClient database = SERVER.database();

  @Test
  void countsTheTwelveRowsAsAPersonDoes() {
    long campaign = campaign("order-twelve", ",\"partitions\":3");
    long other = campaign("order-other", "");
    var table = OrderTable.twelveRows();
    // Of others and without a place in the log: they do not count, wherever they stand.
    insert(other, List.of(OrderTable.decided(0, 0, 99)));
    decideWithoutLog(campaign);
    insert(campaign, table.records());
    decideWithoutLog(campaign);

    var answer = api.get(PATH + "order-twelve");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var json = answer.json();
    assertThat(json.get("campaignId").asLong()).isEqualTo(campaign);
    assertThat(json.get("queryTimeMs").asDouble()).isPositive();
    assertThat(json.get("summary").toString())
        .isEqualTo(
            "{\"totalRecords\":12,\"orderMismatches\":5,\"orderAccuracy\":\"58.33%\","
                + "\"partitionCount\":3}");
    assertThat(json.get("partitionDistribution").toString()).isEqualTo("{\"0\":7,\"1\":5,\"2\":0}");
    assertThat(json.get("partitionMismatches").toString()).isEqualTo("{\"0\":2,\"1\":3,\"2\":0}");
    assertThat(samples(json))
        .extracting(sample -> sample.get("orderViolation").asBoolean())
        .isEqualTo(table.mismatches());
    assertThat(json.get("samples").get(6).toString())
        .isEqualTo(
            "{\"partition\":1,\"offset\":2,\"userId\":\"u-1-2\",\"status\":\"SUCCESS\","
                + "\"kafkaTimestamp\":\"2025-12-28T00:00:06Z\","
                + "\"processedAt\":\"2025-12-28T00:01:00Z\",\"orderViolation\":true}");
    assertThat(api.get(PATH + campaign).json().get("samples")).isEqualTo(json.get("samples"));
  }

  @Test
  void aCampaignOnALaneHasOnePartition() {
    long campaign = campaign("order-lane", ",\"lane\":\"coupons\"");
    var lanePart = campaign % 4;

    var json = api.get(PATH + "order-lane").json();

    assertThat(json.get("summary").get("partitionCount").asInt()).isEqualTo(1);
    assertThat(json.get("summary").get("orderAccuracy").asString()).isEqualTo("100.00%");
    assertThat(json.get("partitionDistribution").toString())
        .isEqualTo("{\"%d\":0}".formatted(lanePart));
    assertThat(json.get("samples").isEmpty()).isTrue();
  }

  @Test
  void anUnknownCampaignIsSaidToBeUnknown() {
    assertThat(api.get(PATH + "order-nobody").code()).isEqualTo("CAMPAIGN_NOT_FOUND");
    assertThat(api.get(PATH + "99999999").code()).isEqualTo("CAMPAIGN_NOT_FOUND");
  }

  private static List<JsonNode> samples(JsonNode json) {
    return StreamSupport.stream(json.get("samples").spliterator(), false).toList();
  }

  private long campaign(String name, String more) {
    var answer =
        api.post(
            "/api/admin/campaigns", "{\"name\":\"%s\",\"totalStock\":9%s}".formatted(name, more));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asLong();
  }

  private void insert(long campaign, List<DecidedRecord> records) {
    var rows =
        records.stream()
            .map(record ->
                ("(%d, (SELECT topic_id FROM campaign WHERE id = %1$d), %d, %d, '%s', '%s',"
                        + " FALSE, '%s', '%s')")
                    .formatted(
                        campaign,
                        record.partition(),
                        record.offset(),
                        record.userId(),
                        record.outcome(),
                        LocalDateTime.ofInstant(record.loggedAt(), ZoneOffset.UTC),
                        LocalDateTime.ofInstant(record.decidedAt(), ZoneOffset.UTC)))
            .collect(joining(","));
    database
        .sql(
            "INSERT INTO participation (campaign_id, topic_id, part, log_offset, user_id, outcome,"
                + " is_repeat, logged_at, decided_at) VALUES "
                + rows)
        .update();
  }

  private void decideWithoutLog(long campaign) {
    database
        .sql(
            "INSERT INTO participation (campaign_id, user_id, outcome, is_repeat, logged_at,"
                + " decided_at) VALUES (:id, 'sync', 'SUCCESS', FALSE, '2025-12-27 00:00:00',"
                + " '2025-12-27 00:00:00')")
        .param("id", campaign)
        .update();
  }
}
