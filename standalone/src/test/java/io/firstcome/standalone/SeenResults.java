package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.standalone.Participants.Accepted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The results that participants were shown. A result that was shown once is final. */
final class SeenResults implements AutoCloseable {
  private static final int AT_ONCE_MAX = 24;
  private static final long LOOK_EVERY_MS = 50;

  private final ProductProcess product;
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  SeenResults(ProductProcess product) {
    this.product = product;
  }

  /** Looks at random results until this is closed. */
  void watch(Participants participants, Random random) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (!closing.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
              var accepted = participants.accepted();
              if (!accepted.isEmpty()) {
                look(accepted.get(random.nextInt(accepted.size())));
              }
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (AssertionError e) {
            broken.set(e);
          }
        });
  }

  private void look(Accepted one) throws InterruptedException {
    try {
      ask(one);
    } catch (IOException e) {
      // There is nobody to answer just now.
      assertThat(e).isInstanceOf(IOException.class);
    }
  }

  /** Asks for a result; false if there is none yet. */
  private boolean ask(Accepted one) throws IOException, InterruptedException {
    var answer = product.get("/api/participations/" + one.requestId());
    if (answer.statusCode() >= 500) {
      return false;
    }
    assertThat(answer.statusCode()).as("the answer to %s: %s", one, answer.body()).isEqualTo(200);
    var json = ProductProcess.json(answer);
    if (json.get("status").asString().equals("PROCESSING")) {
      assertThat(seen).as("results that were there before").doesNotContainKey(one.requestId());
      return false;
    }
    assertThat(json.get("userId").asString()).isEqualTo(one.wish().user());
    assertThat(json.get("offset").asLong()).isEqualTo(one.offset());
    var before = seen.putIfAbsent(one.requestId(), answer.body());
    assertThat(before == null ? answer.body() : before).isEqualTo(answer.body());
    return true;
  }

  /** Asks for all results; each has to be there. */
  void assertAllFinal(List<Accepted> accepted) throws InterruptedException, ExecutionException {
    assertThat(broken).as("what was seen on the way").hasNullValue();
    var atOnce = new Semaphore(AT_ONCE_MAX);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          executor.invokeAll(
              accepted.stream().map(one -> (Callable<Boolean>) () -> askOne(one, atOnce)).toList());
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).as("has a final result").isTrue();
      }
    }
    assertThat(seen).hasSize(accepted.size());
  }

  private boolean askOne(Accepted one, Semaphore atOnce) throws Exception {
    atOnce.acquire();
    try {
      return ask(one);
    } finally {
      atOnce.release();
    }
  }

  int count() {
    return seen.size();
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
