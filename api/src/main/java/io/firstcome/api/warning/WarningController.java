package io.firstcome.api.warning;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.firstcome.api.alert.BatchProblems;
import io.firstcome.api.warning.LagWatch.Line;
import io.firstcome.api.warning.LineHistory.Verdict;
import io.firstcome.api.warning.Warning.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What somebody should look at now. */
@RestController
@Tag(name = "Warnings")
final class WarningController {
  private static final int CAMPAIGNS_MAX = 100;
  private static final String DEAD_LETTERS =
      """
      SELECT COALESCE(c.name, own.name) AS campaign, t.name AS topic, COUNT(*) AS count,
             MIN(d.found_at) AS since, MAX(d.reason) AS reason
        FROM dead_letter d
        JOIN topic t ON t.id = d.topic_id
        LEFT JOIN campaign c ON c.id = d.campaign_id
        LEFT JOIN campaign own ON own.topic_id = d.topic_id AND t.lane IS NULL
       WHERE d.retried_at IS NULL
       GROUP BY COALESCE(c.name, own.name), t.name
       ORDER BY count DESC
       LIMIT %d
      """
          .formatted(CAMPAIGNS_MAX);

  private final JdbcClient jdbc;
  private final LagWatch lag;
  private final BatchProblems batch;
  // However many look at them.
  private final LoadingCache<String, List<Warning>> recent =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(2)).build(_ -> read());

  WarningController(JdbcClient jdbc, LagWatch lag, BatchProblems batch) {
    this.jdbc = jdbc;
    this.lag = lag;
    this.batch = batch;
  }

  @GetMapping("/api/admin/warnings")
  @Operation(
      summary = "What somebody should look at now",
      description =
          "The worst first: a consumer that decides nothing, requests that could not be"
              + " read, a growing lag, batch runs that failed or are missing.")
  List<Warning> list() {
    return recent.get("all");
  }

  private List<Warning> read() {
    var warnings = new ArrayList<Warning>();
    lag.troubled().forEach(line -> warnings.add(warning(line)));
    warnings.addAll(deadLetters());
    batch
        .current()
        .forEach(problem ->
            warnings.add(
                new Warning(
                    problem.missed() ? Kind.BATCH_MISSED : Kind.BATCH_FAILED,
                    problem.campaign(),
                    problem.title(),
                    problem.details(),
                    problem.since())));
    warnings.sort(Comparator.comparing(Warning::kind));
    return List.copyOf(warnings);
  }

  private static Warning warning(Line line) {
    var where =
        line.lane() == null
            ? "%s, partition %d".formatted(line.campaign(), line.partition())
            : "Lane %s, partition %d".formatted(line.lane(), line.partition());
    var campaign = line.lane() == null ? line.campaign() : null;
    return switch (line.verdict()) {
      case Verdict.Standstill(var since, var waiting) ->
          new Warning(
              Kind.CONSUMER_DOWN,
              campaign,
              where + ": nothing is decided",
              "%,d requests wait. Nothing is lost: they keep their places, and are decided as soon"
                      .formatted(waiting)
                  + " as a consumer runs. See whether one does, and what it says.",
              since);
      case Verdict.Growing(var since, var waiting, var seconds) ->
          new Warning(
              Kind.LAG_GROWING,
              campaign,
              where + ": the line is getting longer",
              "%,d requests wait, about %,d s at the present rate. More partitions share the work."
                  .formatted(waiting, seconds),
              since);
    };
  }

  private List<Warning> deadLetters() {
    return jdbc.sql(DEAD_LETTERS)
        .query((row, _) -> {
          long count = row.getLong("count");
          var campaign = row.getString("campaign");
          return new Warning(
              Kind.DEAD_LETTERS,
              campaign,
              "%s: %,d %s not be read"
                  .formatted(
                      campaign == null ? row.getString("topic") : campaign,
                      count,
                      count == 1 ? "request could" : "requests could"),
              "They are kept, with the reason: " + row.getString("reason"),
              row.getObject("since", LocalDateTime.class).toInstant(ZoneOffset.UTC));
        })
        .list();
  }
}
