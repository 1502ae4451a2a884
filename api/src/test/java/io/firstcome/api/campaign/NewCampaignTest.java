package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firstcome.api.json.StrictJson;
import io.firstcome.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewCampaignTest {
  private static final LaneSettings LANES =
      new LaneSettings(
          Map.of("tickets", new LaneSettings.Lane(8), "coupons", new LaneSettings.Lane(4)));

  private final StrictJson json = new StrictJson();

  @Test
  void defaultsAreOnePartitionAndRecordingWhatIsSoldOut() {
    assertThat(read("{\"name\":\"sale\",\"totalStock\":5}"))
        .isEqualTo(
            new NewCampaign(
                "sale",
                "sale",
                CampaignKind.FIRST_COME,
                5,
                new Window(null, null),
                ZoneId.of("Asia/Seoul"),
                false,
                SoldOut.RECORD,
                1,
                null));
  }

  @Test
  void everyFieldIsTakenOver() {
    assertThat(
            read(
                """
                {"name":" Big Sale ","displayName":"큰 세일","totalStock":1000000000000,
                 "kind":"FIRST_COME","timeZone":"America/New_York",
                 "opensAt":"2026-12-24T20:00:00.1234567+09:00",
                 "closesAt":"2026-12-24T12:00Z","repeatable":true,"soldOut":"Refuse",
                 "lane":"tickets"}
                """))
        .isEqualTo(
            new NewCampaign(
                null,
                "큰 세일",
                CampaignKind.FIRST_COME,
                1_000_000_000_000L,
                new Window(
                    Instant.parse("2026-12-24T11:00:00.123456Z"),
                    Instant.parse("2026-12-24T12:00:00Z")),
                ZoneId.of("America/New_York"),
                true,
                SoldOut.REFUSE,
                8,
                "tickets"));
  }

  @Test
  void onlyALabelIsTakenAsItIs() {
    assertThat(read("{\"name\":\"a-1\",\"totalStock\":1}").label()).isEqualTo("a-1");
    for (var text : new String[] {"Sale", "a_b", "-a", "123", "a".repeat(41), "a".repeat(200)}) {
      var campaign = read("{\"name\":\"%s\",\"totalStock\":1}".formatted(text));
      assertThat(campaign.label()).as(text).isNull();
      assertThat(campaign.displayName()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"totalStock":1}                                   | name        | is missing
          {"name":"","totalStock":1}                         | name        | must not be blank
          {"name":"a\\nb","totalStock":1}                    | name        | control characters
          {"name":"a\\ud800b","totalStock":1}                | name        | half characters
          {"name":"a"}                                       | totalStock  | whole number from 1
          {"name":"a","totalStock":0}                        | totalStock  | whole number from 1
          {"name":"a","totalStock":1.5}                      | totalStock  | whole number
          {"name":"a","totalStock":1000000000001}            | totalStock  | to 1000000000000
          {"name":"a","totalStock":1,"kind":"RAFFLE"}        | kind        | not available yet
          {"name":"a","totalStock":1,"displayName":"\\t"}    | displayName | must not be blank
          {"name":"a","totalStock":1,"partitions":0}         | partitions  | 1 to 1000
          {"name":"a","totalStock":1,"partitions":1001}      | partitions  | 1 to 1000
          {"name":"a","totalStock":1,"lane":"bus"}           | lane        | coupons, tickets
          {"name":"a","totalStock":1,"soldOut":"record"}     | soldOut     | one of Record, Refuse
          {"name":"a","totalStock":1,"opensAt":"2026-12-24T20:00:00"} | opensAt | no time zone
          {"name":"a","totalStock":1,"opensAt":"2026-12-24 20:00"}    | opensAt | no time zone
          {"name":"a","totalStock":1,"opensAt":"24.12.2026"} | opensAt     | date and time with an
          {"name":"a","totalStock":1,"opensAt":"2026-13-01T00:00Z"}   | opensAt | date and time with
          {"name":"a","totalStock":1,"timeZone":"Seoul"}     | timeZone    | name of a time zone
          {"name":"a","totalStock":1,"timeZone":"+09:00"}    | timeZone    | name of a time zone
          {"name":"a","totalStock":1,"opensAt":"9999-01-01T00:00Z"}   | opensAt | 1970 and 9998
          {"name":"a","totalStock":1,"opensAt":"2027-01-01T00:00Z","closesAt":"2027-01-01T00:00Z"} \
          | closesAt | after 'opensAt'
          """)
  void refusesAndNamesTheField(String body, String field, String detail) {
    var problem = catchThrowableOfType(ProblemException.class, () -> read(body));

    assertThat(problem.properties()).containsEntry("field", field);
    assertThat(problem.detail()).contains(detail);
  }

  @Test
  void refusesMoreThanTwoHundredCharactersAndCountsThemAsPeopleDo() {
    assertThat(read("{\"name\":\"%s\",\"totalStock\":1}".formatted("🎁".repeat(200))).displayName())
        .hasSize(400);
    var problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> read("{\"name\":\"%s\",\"totalStock\":1}".formatted("x".repeat(201))));
    assertThat(problem.detail()).contains("at most 200");
  }

  private NewCampaign read(String body) {
    return NewCampaign.of(
        json.read(body.getBytes(StandardCharsets.UTF_8), CreateCampaignRequest.class),
        new CreationSettings(LANES, new TimeZoneSettings(ZoneId.of("Asia/Seoul"))));
  }
}
