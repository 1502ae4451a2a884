package io.firstcome.api.statistics;

import io.firstcome.api.statistics.Statistics.Method;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts by day and campaign, from the aggregate and from the history. Both give the same figures
 * when nothing is pending.
 */
@RestController
@RequestMapping("/api/admin/stats")
@Tag(name = "Statistics")
final class StatisticsController {
  private static final int AGGREGATED_DAYS_MAX = 366;
  private static final int RAW_DAYS_MAX = 31;

  private final AskedDates dates;
  private final AggregatedCounts aggregated;
  private final RawCounts raw;

  StatisticsController(AskedDates dates, AggregatedCounts aggregated, RawCounts raw) {
    this.dates = dates;
    this.aggregated = aggregated;
    this.raw = raw;
  }

  @GetMapping("/daily")
  @Operation(
      summary = "Counts of a day or period, as the last aggregation left them",
      description =
          "Either date (by default yesterday), or from and to, at most 366 days. What was decided"
              + " since the aggregation is not in it: pendingCampaigns says whether there is any.")
  Statistics daily(
      @RequestParam(required = false) @Nullable String date,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to) {
    var period = dates.period(date, from, to, AGGREGATED_DAYS_MAX);
    return timed(Method.BATCH_AGGREGATED, period, aggregated::read);
  }

  @GetMapping("/raw")
  @Operation(
      summary = "The same counts, computed from the history of decisions",
      description =
          "Either date (by default yesterday), or from and to, at most 31 days. Takes time in"
              + " proportion to the number of requests; two at a time.")
  Statistics raw(
      @RequestParam(required = false) @Nullable String date,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to) {
    var period = dates.period(date, from, to, RAW_DAYS_MAX);
    return timed(Method.RAW_QUERY, period, raw::read);
  }

  private static Statistics timed(
      Method method, Period period, Function<Period, CountedPeriod> read) {
    long start = System.nanoTime();
    var counted = read.apply(period);
    return Statistics.of(method, period, counted, System.nanoTime() - start);
  }
}
