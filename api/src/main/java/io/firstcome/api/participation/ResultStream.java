package io.firstcome.api.participation;

import io.firstcome.api.participation.ResultPoller.Waiter;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.place.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A result as server-sent events: {@code processing}, then one {@code result}, then the end; if
 * wanted with events {@code ahead} in between.
 */
@Component
final class ResultStream {
  // The browser opens the stream again by itself when it ends without a result.
  private static final Duration LENGTH_MAX = Duration.ofMinutes(10);
  // Shows that the client has gone, and keeps proxies from closing a quiet stream.
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration AHEAD_FIRST = Duration.ofMillis(100);
  private static final Duration AHEAD_EVERY = Duration.ofSeconds(1);
  // Also when it stays the same, so that the client knows that it is so.
  private static final Duration AHEAD_AGAIN = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(ResultStream.class);

  private final Results results;
  private final ResultPoller poller;

  ResultStream(Results results, ResultPoller poller) {
    this.results = results;
    this.poller = poller;
  }

  /**
   * Opens the stream; a place whose log is gone is refused like an unknown id.
   *
   * @param ahead whether to tell how many stand before the place, at most once a second and at
   *     least every five
   * @throws ProblemException before anything is sent
   */
  SseEmitter open(Place place, boolean ahead) {
    var now = results.read(place).orElseThrow(Participations::notFound);
    var emitter = new SseEmitter(LENGTH_MAX.toMillis() + HEARTBEAT.toMillis());
    var waiter = now.isFinal() ? null : poller.join(place).orElseThrow(ResultStream::tooMany);
    if (waiter != null) {
      // As soon as the client has gone, and not only when the next heartbeat finds out.
      emitter.onCompletion(() -> poller.leave(waiter));
    }
    Thread.ofVirtual()
        .name("events")
        .start(() -> {
          try {
            send(emitter, "processing", now.isFinal() ? results.processing(place) : now);
            var result = waiter == null ? Optional.of(now) : await(emitter, waiter, ahead);
            if (result.isPresent()) {
              send(emitter, "result", result.get());
            }
            emitter.complete();
          } catch (IOException | IllegalStateException e) {
            log.debug("The client has left", e);
            emitter.completeWithError(e);
          } finally {
            if (waiter != null) {
              poller.leave(waiter);
            }
          }
        });
    return emitter;
  }

  private static ProblemException tooMany() {
    return new ProblemException(
            ErrorCode.TOO_MANY_REQUESTS, "Too many are waiting for results here; ask again later.")
        .retryAfter(Duration.ofSeconds(1));
  }

  /** What is told of those ahead. */
  record Ahead(long ahead, Instant asOf) {}

  private Optional<Participation> await(SseEmitter emitter, Waiter waiter, boolean ahead)
      throws IOException {
    long end = System.nanoTime() + LENGTH_MAX.toNanos();
    var meanwhile = new Meanwhile(emitter, waiter.place(), ahead);
    var patience = ahead ? AHEAD_FIRST : HEARTBEAT;
    while (System.nanoTime() < end) {
      try {
        return waiter.result().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        patience = ahead ? AHEAD_EVERY : HEARTBEAT;
        meanwhile.tell();
      } catch (ExecutionException e) {
        throw new IllegalStateException("waiting for a result failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What a client hears while it waits. */
  private final class Meanwhile {
    private final SseEmitter emitter;
    private final Place place;
    private final boolean ahead;
    private long told = -1;
    private long toldNanos = System.nanoTime();

    Meanwhile(SseEmitter emitter, Place place, boolean ahead) {
      this.emitter = emitter;
      this.place = place;
      this.ahead = ahead;
    }

    void tell() throws IOException {
      long now = ahead ? poller.ahead(place).orElse(told) : told;
      long quiet = System.nanoTime() - toldNanos;
      if (now != told || (now >= 0 && quiet >= AHEAD_AGAIN.toNanos())) {
        send(emitter, now);
        told = now;
        toldNanos = System.nanoTime();
      } else if (quiet >= HEARTBEAT.toNanos()) {
        emitter.send(SseEmitter.event().comment("waiting"));
        toldNanos = System.nanoTime();
      }
    }
  }

  private static void send(SseEmitter emitter, long ahead) throws IOException {
    emitter.send(
        SseEmitter.event()
            .name("ahead")
            .data(new Ahead(ahead, Instant.now()), MediaType.APPLICATION_JSON));
  }

  private static void send(SseEmitter emitter, String name, Participation participation)
      throws IOException {
    emitter.send(
        SseEmitter.event()
            .name(name)
            .id(participation.requestId())
            .data(participation, MediaType.APPLICATION_JSON));
  }
}
