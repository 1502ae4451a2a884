package io.firstcome.api.statistics;

import static io.firstcome.core.rule.Outcome.ALREADY_ISSUED;
import static io.firstcome.core.rule.Outcome.OUT_OF_STOCK;
import static io.firstcome.core.rule.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Each test has days of its own, since statistics are those of all campaigns. */
class StatisticsIT {
  private static final String DAILY = "/api/admin/stats/daily";
  private static final String RAW = "/api/admin/stats/raw";
  private static final ApiServer SERVER = ApiServer.shared();

  private final ApiClient api = SERVER.admin();
  private final JdbcClient database = SERVER.database();

  @Test
  void aDayIsThatOfEachCampaignInItsOwnZone() {
    var date = LocalDate.parse("2025-03-09");
    // 24 hours from 15:00 UTC of the day before.
    long seoul = campaign("stats-seoul", "Asia/Seoul");
    new History(database)
        .add(seoul, SUCCESS, "2025-03-08T14:59:59.999999Z", 1)
        .add(seoul, SUCCESS, "2025-03-08T15:00:00Z", 19)
        .add(seoul, ALREADY_ISSUED, "2025-03-09T03:00:00Z", 2)
        .addRepeat(seoul, SUCCESS, "2025-03-09T03:00:01Z")
        .add(seoul, OUT_OF_STOCK, "2025-03-09T14:59:59.999996Z", 4)
        .add(seoul, OUT_OF_STOCK, "2025-03-09T15:00:00Z", 1)
        .insert();
    aggregate(seoul, date, "2025-03-08T15:00:00Z", "2025-03-09T15:00:00Z");
    // 23 hours: the clocks go forward on this day.
    long newYork = campaign("stats-new-york", "America/New_York");
    new History(database)
        .add(newYork, SUCCESS, "2025-03-09T04:59:59.999999Z", 1)
        .add(newYork, SUCCESS, "2025-03-09T05:00:00Z", 1)
        .add(newYork, OUT_OF_STOCK, "2025-03-10T03:59:59.999999Z", 1)
        .add(newYork, OUT_OF_STOCK, "2025-03-10T04:00:00Z", 1)
        .insert();
    aggregate(newYork, date, "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z");
    // Ahead of all others: its day has ended when that of New York begins.
    long kiritimati = campaign("stats-kiritimati", "Pacific/Kiritimati");
    new History(database)
        .add(kiritimati, SUCCESS, "2025-03-08T10:00:00Z", 1)
        .add(kiritimati, SUCCESS, "2025-03-09T10:00:00Z", 1)
        .insert();
    aggregate(kiritimati, date, "2025-03-08T10:00:00Z", "2025-03-09T10:00:00Z");

    var daily = json(DAILY + "?date=2025-03-09");
    var raw = json(RAW + "?date=2025-03-09");

    assertThat(daily.get("method").asString()).isEqualTo("BATCH_AGGREGATED");
    assertThat(raw.get("method").asString()).isEqualTo("RAW_QUERY");
    assertThat(daily.get("queryTimeMs").asDouble()).isPositive();
    assertThat(raw.get("queryTimeMs").asDouble()).isPositive();
    assertThat(counts(raw)).isEqualTo(counts(daily));
    assertThat(daily.propertyNames())
        .containsExactlyInAnyOrder(
            "queryTimeMs",
            "method",
            "date",
            "successCount",
            "failCount",
            "totalCount",
            "successRate",
            "pendingCampaigns",
            "campaigns");
    assertThat(daily.get("date").asString()).isEqualTo("2025-03-09");
    assertThat(totals(daily)).isEqualTo("21/7/28 75.00%");
    assertThat(campaigns(daily))
        .containsExactly(
            seoul + " stats-seoul Asia/Seoul 19/6/25 76.00% 2 4",
            newYork + " stats-new-york America/New_York 1/1/2 50.00% 0 1",
            kiritimati + " stats-kiritimati Pacific/Kiritimati 1/0/1 100.00% 0 0");
    assertThat(daily.get("campaigns").get(0).get("displayName").asString())
        .isEqualTo("stats-seoul");
  }

  @Test
  void aPeriodHasEveryDayAndTheSumsOfItsCampaigns() {
    long first = campaign("stats-period-a", "UTC");
    long second = campaign("stats-period-b", "UTC");
    new History(database)
        .add(first, SUCCESS, "2024-02-27T00:00:00Z", 3)
        .add(first, SUCCESS, "2024-02-28T00:00:00Z", 2)
        .add(second, OUT_OF_STOCK, "2024-02-28T12:00:00Z", 1)
        .add(first, ALREADY_ISSUED, "2024-03-01T23:59:59.999999Z", 1)
        .add(first, SUCCESS, "2024-03-02T00:00:00Z", 7)
        .insert();
    for (var day : List.of("2024-02-27", "2024-02-28", "2024-03-01", "2024-03-02")) {
      var date = LocalDate.parse(day);
      for (long campaign : new long[] {first, second}) {
        var start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        History.aggregate(database, campaign, date, start, start.plusSeconds(86_400));
      }
    }

    var daily = json(DAILY + "?from=2024-02-28&to=2024-03-01");
    var raw = json(RAW + "?from=2024-02-28&to=2024-03-01");

    assertThat(counts(raw)).isEqualTo(counts(daily));
    assertThat(daily.has("date")).isFalse();
    assertThat(daily.get("from").asString()).isEqualTo("2024-02-28");
    assertThat(daily.get("to").asString()).isEqualTo("2024-03-01");
    assertThat(totals(daily)).isEqualTo("2/2/4 50.00%");
    assertThat(campaigns(daily))
        .containsExactly(
            first + " stats-period-a UTC 2/1/3 66.67% 1 0",
            second + " stats-period-b UTC 0/1/1 0.00% 0 1");
    assertThat(each(daily.get("days")))
        .extracting(day -> day.get("date").asString() + " " + totals(day))
        .containsExactly(
            "2024-02-28 2/1/3 66.67%", "2024-02-29 0/0/0 0.00%", "2024-03-01 0/1/1 0.00%");
    assertThat(each(json(DAILY + "?from=2024-02-29&to=2024-02-29").get("days"))).hasSize(1);
  }

  @Test
  void tellsHowManyCampaignsAreAheadOfTheAggregate() {
    long first = campaign("stats-pending-a", "UTC");
    long second = campaign("stats-pending-b", "UTC");
    database
        .sql(
            """
            INSERT INTO stats_pending (campaign_id, stat_date, changes, since) VALUES
              (:first, '2023-05-01', 3, '2023-05-01 00:00:00'),
              (:first, '2023-05-02', 1, '2023-05-02 00:00:00'),
              (:second, '2023-05-02', 1, '2023-05-02 00:00:00')
            """)
        .param("first", first)
        .param("second", second)
        .update();
    for (var path : List.of(DAILY, RAW)) {
      assertThat(pending(path + "?date=2023-04-30")).isZero();
      assertThat(pending(path + "?date=2023-05-01")).isEqualTo(1);
      assertThat(pending(path + "?from=2023-05-01&to=2023-05-02")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DAILY, RAW})
  void aDayOfWhichNothingIsKnownHasZeros(String path) {
    for (var date : List.of("2001-01-01", "1000-01-01")) {
      var json = json(path + "?date=" + date);
      assertThat(totals(json)).isEqualTo("0/0/0 0.00%");
      assertThat(json.get("campaigns").toString()).isEqualTo("[]");
      assertThat(json.get("pendingCampaigns").asLong()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DAILY, RAW})
  void withoutADateItIsYesterdayInThePlatformsZone(String path) {
    var zone = ZoneId.of("Asia/Seoul");
    var before = LocalDate.now(zone).minusDays(1);
    assertThat(LocalDate.parse(json(path).get("date").asString()))
        .isBetween(before, LocalDate.now(zone).minusDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {DAILY, RAW})
  void aDayThatHasBegunSomewhereIsNoFutureYet(String path) {
    var earliest = ZoneOffset.ofHours(14);
    assertThat(api.get(path + "?date=" + LocalDate.now(earliest)).status()).isEqualTo(200);
    assertMalformed(api.get(path + "?date=" + LocalDate.now(earliest).plusDays(1)), "date");
    var tomorrow = LocalDate.now(earliest).plusDays(1);
    assertMalformed(api.get(path + "?from=2025-01-01&to=" + tomorrow), "to");
    assertMalformed(api.get(path + "?from=" + tomorrow + "&to=2025-01-01"), "from");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          date=                                       | date
          date=yesterday                              | date
          date=2025-02-29                             | date
          date=2025-1-1                               | date
          date=%2B12025-01-01                         | date
          date=0000-01-01                             | date
          date=2025-12-28%2B09:00                     | date
          date=2025-12-28&date=2025-12-29             | date
          date=2025-12-28&from=2025-12-28             | date
          date=2025-12-28&from=2025-12-28&to=2025-12-28 | date
          from=2025-12-28                             | to
          to=2025-12-28                               | from
          from=&to=2025-12-28                         | from
          from=2025-12-28&to=x                        | to
          from=2025-12-29&to=2025-12-28               | from
          from=2024-01-01&to=2025-01-01               | to
          """)
  void namesTheParameterThatIsWrong(String query, String field) {
    assertMalformed(api.get(DAILY + "?" + query), field);
    assertMalformed(api.get(RAW + "?" + query), field);
  }

  @Test
  void thePeriodHasALimit() {
    assertThat(json(DAILY + "?from=2024-01-01&to=2024-12-31").get("days").size()).isEqualTo(366);
    assertThat(json(RAW + "?from=2024-01-01&to=2024-01-31").get("days").size()).isEqualTo(31);
    assertMalformed(api.get(RAW + "?from=2024-01-01&to=2024-02-01"), "to");
  }

  private void assertMalformed(Answer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("REQUEST_MALFORMED");
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
  }

  private long campaign(String name, String zone) {
    var answer =
        api.post(
            "/api/admin/campaigns",
            "{\"name\":\"%s\",\"totalStock\":9,\"timeZone\":\"%s\"}".formatted(name, zone));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asLong();
  }

  private void aggregate(long campaign, LocalDate date, String start, String end) {
    History.aggregate(database, campaign, date, Instant.parse(start), Instant.parse(end));
  }

  private JsonNode json(String path) {
    var answer = api.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private long pending(String path) {
    return json(path).get("pendingCampaigns").asLong();
  }

  /** Everything but what tells the two ways apart. */
  private static JsonNode counts(JsonNode json) {
    return ((ObjectNode) json.deepCopy()).remove(List.of("method", "queryTimeMs"));
  }

  private static String totals(JsonNode json) {
    return "%d/%d/%d %s"
        .formatted(
            json.get("successCount").asLong(),
            json.get("failCount").asLong(),
            json.get("totalCount").asLong(),
            json.get("successRate").asString());
  }

  private static List<String> campaigns(JsonNode json) {
    return each(json.get("campaigns")).stream()
        .map(campaign ->
            "%d %s %s %s %d %d"
                .formatted(
                    campaign.get("campaignId").asLong(),
                    campaign.get("campaignName").asString(),
                    campaign.get("timeZone").asString(),
                    totals(campaign),
                    campaign.get("alreadyIssuedCount").asLong(),
                    campaign.get("outOfStockCount").asLong()))
        .toList();
  }

  private static List<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
