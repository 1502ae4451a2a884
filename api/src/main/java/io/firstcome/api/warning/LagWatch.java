package io.firstcome.api.warning;

import io.firstcome.api.status.TopicEnds;
import io.firstcome.api.status.TopicEnds.TopicPart;
import io.firstcome.api.warning.LineHistory.Look;
import io.firstcome.api.warning.LineHistory.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks every five seconds how far the decisions are behind the log, because one look alone cannot
 * tell a line that stands still from one that has just got its first request.
 */
@Component
final class LagWatch implements SmartLifecycle {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
  // Topics of campaigns that have been over for a day have nobody who waits.
  private static final String OFFSETS =
      """
      SELECT t.name AS topic, t.lane, t.partitions,
             (SELECT MIN(c.name) FROM campaign c WHERE c.topic_id = t.id) AS campaign,
             o.part, o.next_offset
        FROM topic t
        LEFT JOIN consumer_offset o ON o.topic_id = t.id
       WHERE EXISTS (SELECT 1 FROM campaign c
                      WHERE c.topic_id = t.id
                        AND (c.mode <> 'CLOSED' AND c.closes_at IS NULL
                             OR c.closes_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY))
      """;

  private final JdbcClient jdbc;
  private final TopicEnds ends;
  private final Map<TopicPart, LineHistory> histories = new ConcurrentHashMap<>();
  private volatile List<Line> troubled = List.of();
  private @Nullable ScheduledExecutorService thread;
  private boolean failing;

  LagWatch(JdbcClient jdbc, TopicEnds ends) {
    this.jdbc = jdbc;
    this.ends = ends;
  }

  /**
   * A partition with which something is wrong.
   *
   * @param lane null if it is the topic of one campaign
   */
  record Line(
      String topic, @Nullable String lane, String campaign, int partition, Verdict verdict) {}

  /** As of the last look. */
  List<Line> troubled() {
    return troubled;
  }

  private record Topic(String name, @Nullable String lane, String campaign) {}

  private void look() {
    try {
      var topics = new HashMap<TopicPart, Topic>();
      var next = new HashMap<TopicPart, Long>();
      read(topics, next);
      var now = Instant.now();
      var found = ends.of(topics.keySet());
      histories.keySet().retainAll(topics.keySet());
      var lines = new ArrayList<Line>();
      found.forEach((part, end) -> {
        var history = histories.computeIfAbsent(part, _ -> new LineHistory());
        history.add(new Look(now, next.getOrDefault(part, 0L), end));
        var topic = topics.get(part);
        if (topic != null) {
          history
              .verdict()
              .map(verdict ->
                  new Line(part.topic(), topic.lane(), topic.campaign(), part.partition(), verdict))
              .ifPresent(lines::add);
        }
      });
      troubled = List.copyOf(lines);
      failing = false;
    } catch (DataAccessException e) {
      if (!failing) {
        log.warn("Nobody looks after the lag for now; tried again until it works", e);
      }
      failing = true;
    }
  }

  private void read(Map<TopicPart, Topic> topics, Map<TopicPart, Long> next) {
    jdbc.sql(OFFSETS)
        .query(row -> {
          var name = row.getString("topic");
          var topic = new Topic(name, row.getString("lane"), row.getString("campaign"));
          for (int part = 0; part < row.getInt("partitions"); part++) {
            topics.put(new TopicPart(name, part), topic);
          }
          int part = row.getInt("part");
          if (!row.wasNull()) {
            next.put(new TopicPart(name, part), row.getLong("next_offset"));
          }
        });
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lag-watch").factory());
    var _ =
        started.scheduleWithFixedDelay(
            this::lookWhateverHappens, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    thread = started;
  }

  private void lookWhateverHappens() {
    try {
      look();
    } catch (RuntimeException e) {
      // An exception would end the watch for good.
      log.error("The lag could not be looked at", e);
    }
  }

  @Override
  public void stop() {
    var running = thread;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    var running = thread;
    return running != null && !running.isShutdown();
  }
}
