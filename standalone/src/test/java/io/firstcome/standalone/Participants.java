package io.firstcome.standalone;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * People who want something, at a bounded rate, and go on through outages: whoever got no answer
 * mostly asks again with the same Idempotency-Key, and sometimes gives up. Every call is written
 * down as what its client knows of it.
 */
final class Participants implements AutoCloseable {
  private static final int CLIENTS = 48;
  private static final long PACE_MS = 20;
  private static final long RETRY_MS = 400;

  private final ProductProcess product;
  private final Queue<Wish> wishes;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acceptedCount = new AtomicInteger();
  private final AtomicInteger retried = new AtomicInteger();
  private final Semaphore pace = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch done = new CountDownLatch(CLIENTS);

  /**
   * What somebody wants.
   *
   * @param givesUp does not ask again after a call without an answer
   */
  record Wish(String campaign, String user, String key, boolean givesUp) {}

  enum Outcome {
    OK,
    /** A definite no: it must never get a result. */
    REFUSED,
    /** It may have been taken or not. */
    UNKNOWN,
    /** Nobody listened, so it was not even sent. */
    NOT_SENT
  }

  record Accepted(Wish wish, String requestId, int part, long offset) {
    String place() {
      return part + "/" + offset;
    }
  }

  /**
   * One call.
   *
   * @param status of HTTP, 0 without an answer
   * @param accepted null unless the outcome is OK
   */
  record Call(
      Wish wish,
      Outcome outcome,
      int status,
      long beganNanos,
      long endedNanos,
      Accepted accepted) {}

  Participants(ProductProcess product, List<Wish> wishes) {
    this.product = product;
    this.wishes = new ConcurrentLinkedQueue<>(wishes);
  }

  /** Wishes in a random order: most users ask once, one in ten asks again under another key. */
  static List<Wish> wishes(Random random, int count, List<String> campaigns) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          var campaign = campaigns.get(random.nextInt(campaigns.size()));
          int user = i > 0 && random.nextInt(10) == 0 ? random.nextInt(i) : i;
          return new Wish(campaign, "user-" + user, "key-" + i, random.nextInt(5) == 0);
        })
        .toList();
  }

  void start(int ratePerSecond) {
    int permits = Math.max(1, (int) (ratePerSecond * PACE_MS / 1000));
    var _ =
        pacer.scheduleAtFixedRate(
            () -> {
              // What was missed in an outage is not made up for.
              if (pace.availablePermits() < permits) {
                pace.release(permits);
              }
            },
            0,
            PACE_MS,
            TimeUnit.MILLISECONDS);
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(this::run);
    }
  }

  private void run() {
    try {
      for (var wish = wishes.poll(); wish != null; wish = wishes.poll()) {
        ask(wish);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }

  private void ask(Wish wish) throws InterruptedException {
    pace.acquire();
    var call = call(wish);
    while (call.outcome == Outcome.NOT_SENT || (call.outcome == Outcome.UNKNOWN && !wish.givesUp)) {
      if (closing.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
        return;
      }
      if (call.outcome == Outcome.UNKNOWN) {
        retried.incrementAndGet();
      }
      call = call(wish);
    }
  }

  private Call call(Wish wish) throws InterruptedException {
    long began = System.nanoTime();
    Call call;
    try {
      var answer =
          product.post(
              "/api/campaigns/" + wish.campaign + "/participation",
              "{\"userId\": \"%s\"}".formatted(wish.user),
              wish.key);
      int status = answer.statusCode();
      if (status == 202) {
        var json = ProductProcess.json(answer);
        var accepted =
            new Accepted(
                wish,
                json.get("requestId").asString(),
                json.get("partition").asInt(),
                json.get("offset").asLong());
        call = new Call(wish, Outcome.OK, status, began, System.nanoTime(), accepted);
        acceptedCount.incrementAndGet();
      } else {
        var outcome = status < 500 ? Outcome.REFUSED : Outcome.UNKNOWN;
        call = new Call(wish, outcome, status, began, System.nanoTime(), null);
      }
    } catch (ConnectException e) {
      call = new Call(wish, Outcome.NOT_SENT, 0, began, System.nanoTime(), null);
    } catch (IOException e) {
      call = new Call(wish, Outcome.UNKNOWN, 0, began, System.nanoTime(), null);
    }
    calls.add(call);
    return call;
  }

  int acceptedCount() {
    return acceptedCount.get();
  }

  int retriedCount() {
    return retried.get();
  }

  boolean areDone() {
    return done.getCount() == 0;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  List<Call> calls(Outcome outcome) {
    return calls.stream().filter(call -> call.outcome == outcome).toList();
  }

  List<Accepted> accepted() {
    return calls(Outcome.OK).stream().map(Call::accepted).toList();
  }

  List<Accepted> accepted(String campaign) {
    return accepted().stream().filter(one -> one.wish.campaign.equals(campaign)).toList();
  }

  @Override
  public void close() {
    closing.countDown();
    pacer.shutdownNow();
    clients.shutdownNow();
    clients.close();
  }
}
