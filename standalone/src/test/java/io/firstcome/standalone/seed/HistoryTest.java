package io.firstcome.standalone.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.core.campaign.CampaignName;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.rule.CampaignState;
import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.ParticipationRule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated, before it is written. */
class HistoryTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  // 2026-03-10 in Seoul already.
  private static final Instant NOW = Instant.parse("2026-03-09T18:00:00Z");
  private static final LocalDate FIRST_DAY = LocalDate.parse("2026-02-28");
  private static final int DAYS = 10;
  private static final long ROWS = 40_000;

  private static List<CampaignPlan> plans(long rows, int campaigns, long seedNumber) {
    var options = new SeedOptions(rows, campaigns, DAYS, Path.of("data"), false, false);
    return HistoryPlan.of(options, NOW, SEOUL, seedNumber);
  }

  private static List<LoggedRequest> requests(CampaignPlan plan) {
    var requests = new ArrayList<LoggedRequest>();
    new PastRequests(plan, 1).forEachRemaining(requests::add);
    return requests;
  }

  private static List<Decision> decide(CampaignPlan plan) {
    var state = new CampaignState(plan.repeatable(), plan.stock(), plan.stock(), Map.of());
    return ParticipationRule.decide(
        state, requests(plan).stream().map(LoggedRequest::request).toList());
  }

  @Test
  void theSameNumberGivesTheSameHistory() {
    assertThat(plans(ROWS, 8, 5)).isEqualTo(plans(ROWS, 8, 5)).isNotEqualTo(plans(ROWS, 8, 6));
    var plan = plans(ROWS, 8, 5).getLast();
    assertThat(requests(plan)).isEqualTo(requests(plan));
    assertThat(requests(plan)).isNotEqualTo(requests(plans(ROWS, 8, 6).getLast()));
  }

  @Test
  void campaignsAreMarkedAndOver() {
    var plans = plans(ROWS, 25, 1);
    assertThat(plans).hasSize(25);
    assertThat(plans.stream().map(CampaignPlan::name)).doesNotHaveDuplicates();
    assertThat(plans.stream().map(CampaignPlan::displayName)).doesNotHaveDuplicates();
    for (var plan : plans) {
      assertThat(CampaignName.isName(plan.name())).isTrue();
      assertThat(plan.name()).startsWith("generated-20260309-180000-");
      assertThat(plan.displayName()).startsWith("[generated] ");
      assertThat(plan.opensAt()).isBefore(plan.closesAt());
      assertThat(plan.closesAt()).isEqualTo("2026-03-09T15:00:00Z").isBefore(NOW);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 100, 12_345, ROWS})
  void thereAreExactlyAsManyRequestsAsWanted(long rows) {
    long requests = 0;
    for (var plan : plans(rows, 7, 3)) {
      assertThat(requests(plan)).hasSize((int) plan.rows()).isNotEmpty();
      requests += plan.rows();
    }
    assertThat(requests).isEqualTo(rows);
  }

  @Test
  void everyCampaignHasItsRowsOnItsDaysInTheOrderOfTime() {
    for (var plan : plans(ROWS, 7, 3)) {
      var requests = requests(plan);
      assertThat(requests).isSortedAccordingTo(Comparator.comparing(LoggedRequest::loggedAt));
      var byDay =
          requests.stream()
              .collect(
                  Collectors.groupingBy(
                      request -> BusinessDay.of(request.loggedAt(), SEOUL).date(),
                      TreeMap::new,
                      Collectors.counting()));
      assertThat(byDay.firstKey()).isEqualTo(FIRST_DAY);
      assertThat(byDay.lastKey()).isEqualTo("2026-03-09");
      assertThat(byDay.values()).containsExactlyElementsOf(plan.rowsByDay()).hasSize(DAYS);
    }
  }

  /** A day whose only request was a repeated one would not be in the statistics. */
  @Test
  void everyDayHasARequestThatCounts() {
    for (var plan : plans(70 * DAYS, 70, 3)) {
      var requests = requests(plan);
      var decisions = decide(plan);
      var counted =
          IntStream.range(0, requests.size())
              .filter(i -> !decisions.get(i).repeat())
              .mapToObj(i -> BusinessDay.of(requests.get(i).loggedAt(), SEOUL).date())
              .distinct();
      assertThat(counted).hasSize((int) plan.rowsByDay().stream().filter(n -> n > 0).count());
    }
  }

  @Test
  void aDayBeginsWithARush() {
    var day = new SalesDay(new BusinessDay(FIRST_DAY, SEOUL), LocalTime.of(11, 0));
    assertThat(day.at(0)).isEqualTo(day.opensAt()).isEqualTo("2026-02-28T02:00:00Z");
    assertThat(day.at(0.5)).isBefore(day.opensAt().plus(Duration.ofMinutes(4)));
    assertThat(day.at(0.8)).isAfter(day.opensAt().plus(Duration.ofHours(1)));
    assertThat(day.at(Math.nextDown(1.0)))
        .isBefore(day.day().end())
        .isAfter(day.day().end().minusSeconds(1));
  }

  @Test
  void decisionsComeInBatchesShortlyAfterTheRequests() {
    var logged = Instant.parse("2026-03-01T02:00:00.981234Z");
    assertThat(PastRequests.decidedAt(logged)).isEqualTo("2026-03-01T02:00:01.004Z");
    assertThat(PastRequests.decidedAt(logged.minusMillis(2))).isEqualTo("2026-03-01T02:00:00.984Z");
  }

  @Test
  void someSellOutAndSomeDoNotAndSomeUsersComeAgain() {
    var plans = plans(ROWS, 7, 9);
    Map<Boolean, Long> soldOut = new TreeMap<>();
    long repeats = 0;
    long again = 0;
    for (var plan : plans) {
      var decisions = decide(plan);
      long given = decisions.stream().filter(Decision::takesStock).count();
      soldOut.merge(given == plan.stock(), 1L, Long::sum);
      repeats += decisions.stream().filter(Decision::repeat).count();
      again += decisions.stream().filter(it -> it.outcome() == Outcome.ALREADY_ISSUED).count();
      assertThat(given).isPositive();
    }
    assertThat(soldOut.keySet()).containsExactly(false, true);
    assertThat(plans.stream().map(CampaignPlan::repeatable)).contains(true, false);
    // In percent of all requests.
    assertThat(repeats * 100.0 / ROWS).isBetween(0.5, 3.0);
    assertThat(again * 100.0 / ROWS).isBetween(4.0, 10.0);
  }

  @Test
  void usersAreMarked() {
    assertThat(requests(plans(500, 1, 2).getFirst()))
        .allMatch(request -> request.request().userId().matches("generated-[0-9]+"));
  }
}
