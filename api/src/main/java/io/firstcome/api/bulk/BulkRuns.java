package io.firstcome.api.bulk;

import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.participation.RequestLog;
import io.firstcome.api.participation.RequestLog.Appended;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.rule.Request;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Carries out bulk runs, one at a time, and remembers the last ones. */
@Component
@ConditionalOnBooleanProperty("firstcome.bulk.enabled")
final class BulkRuns {
  private static final Logger log = LoggerFactory.getLogger(BulkRuns.class);
  private static final int REMEMBERED_MAX = 100;
  // Real participants share the log with a bulk run and must find room in it.
  private static final int IN_FLIGHT_MAX = 5_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration LENGTH_MAX = Duration.ofMinutes(30);

  private final RequestLog requestLog;
  private final JdbcClient jdbc;
  private final Deque<BulkRun> runs = new ArrayDeque<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  BulkRuns(RequestLog requestLog, JdbcClient jdbc) {
    this.requestLog = requestLog;
    this.jdbc = jdbc;
  }

  /**
   * Starts a run in the background.
   *
   * @throws ProblemException {@code TOO_MANY_REQUESTS} while another one is at work
   */
  synchronized BulkRun start(CachedCampaign campaign, int count) {
    var last = runs.peekFirst();
    if (last != null && !last.hasEnded()) {
      throw new ProblemException(
              ErrorCode.TOO_MANY_REQUESTS, "The bulk run " + last.id() + " is still at work.")
          .retryAfter(Duration.ofSeconds(1));
    }
    var run = new BulkRun(campaign.id(), campaign.topicId(), count);
    runs.addFirst(run);
    if (runs.size() > REMEMBERED_MAX) {
      runs.removeLast();
    }
    Thread.ofVirtual().name("bulk-" + run.id()).start(() -> carryOut(run, campaign, count));
    return run;
  }

  synchronized Optional<BulkRun> find(String runId) {
    return runs.stream().filter(run -> run.id().equals(runId)).findFirst();
  }

  private void carryOut(BulkRun run, CachedCampaign campaign, int count) {
    try {
      send(run, campaign, count);
      follow(run);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.abandoned("interrupted");
    } catch (RuntimeException e) {
      log.error("The bulk run {} broke off", run.id(), e);
      run.abandoned("it broke off; the log of the api says why");
    }
  }

  private void send(BulkRun run, CachedCampaign campaign, int count) throws InterruptedException {
    var inFlight = new Semaphore(IN_FLIGHT_MAX);
    var users = "bulk-" + run.id().substring(0, 8) + "-";
    for (int i = 0; i < count && stopping.getCount() > 0; i++) {
      inFlight.acquire();
      CompletableFuture<Appended> appended;
      try {
        appended = requestLog.append(campaign, new Request(users + i, null));
      } catch (ProblemException e) {
        appended = CompletableFuture.failedFuture(e);
      }
      var _ =
          appended.whenComplete((done, e) -> {
            if (e == null) {
              run.acknowledged(done.place());
            } else {
              run.notAcknowledged(
                  e instanceof ProblemException problem ? problem.detail() : e.toString());
            }
            inFlight.release();
          });
      if (i % IN_FLIGHT_MAX == 0) {
        look(run);
      }
    }
    inFlight.acquire(IN_FLIGHT_MAX);
    run.allSent();
  }

  private void follow(BulkRun run) throws InterruptedException {
    long end = System.nanoTime() + LENGTH_MAX.toNanos();
    while (!run.hasEnded()) {
      look(run);
      if (System.nanoTime() > end || stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        run.abandoned("not everything was decided in time; nothing is lost, it still will be");
      }
    }
  }

  private void look(BulkRun run) {
    try {
      run.progressed(nextOffsets(run));
    } catch (DataAccessException e) {
      log.debug("The progress of {} is unknown for now", run.id(), e);
    }
  }

  private Map<Integer, Long> nextOffsets(BulkRun run) {
    Map<Integer, Long> next = new HashMap<>();
    jdbc.sql("SELECT part, next_offset FROM consumer_offset WHERE topic_id = :topic")
        .param("topic", run.topicId())
        .query(row -> {
          next.put(row.getInt(1), row.getLong(2));
        });
    return next;
  }

  @PreDestroy
  void stop() {
    stopping.countDown();
  }
}
