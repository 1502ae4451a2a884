package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time stands still here unless a test moves it; waiting takes real time all the same. */
@Timeout(30)
class CampaignDirectoryTest {
  private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final FakeSource source = new FakeSource();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // It may overflow.
  private final CampaignDirectory directory = new CampaignDirectory(source, nanos::get);

  @Test
  void answersFromMemoryForASecond() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 5));
    source.has(campaign(7, "sale", 4));
    pass(CampaignDirectory.FRESH_FOR.minus(MOMENT));
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 5));
    assertThat(source.reads).hasValue(1);

    pass(MOMENT);
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 4));
    assertThat(source.reads).hasValue(2);
  }

  @Test
  void readsDigitsAsAnId() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("7")).contains(campaign(7, "sale", 5));
    assertThat(directory.find("007")).contains(campaign(7, "sale", 5));
    assertThat(source.reads).hasValue(1);
  }

  @Test
  void doesNotAskForWhatCannotBe() {
    for (var text : List.of("", "0", "Sale", "-", "a".repeat(41), "9".repeat(19), "x;y", "살")) {
      assertThat(directory.find(text)).as(text).isEmpty();
    }
    assertThat(source.reads).hasValue(0);
  }

  @Test
  void remembersForASecondThatThereIsNone() {
    assertThat(directory.find("none")).isEmpty();
    source.has(campaign(1, "none", 1));
    assertThat(directory.find("none")).isEmpty();
    assertThat(source.reads).hasValue(1);

    pass(CampaignDirectory.FRESH_FOR);
    assertThat(directory.find("none")).isPresent();
  }

  @Test
  void readsAgainAfterAChange() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).isPresent();
    assertThat(directory.find("7")).isPresent();
    source.has(campaign(7, "sale", 50));

    directory.forget(7, "sale");

    assertThat(directory.find("sale")).contains(campaign(7, "sale", 50));
    assertThat(directory.find("7")).contains(campaign(7, "sale", 50));
  }

  @Test
  void findsNoMoreWhatWasDeleted() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).isPresent();
    source.campaigns.clear();
    pass(CampaignDirectory.FRESH_FOR);
    assertThat(directory.find("sale")).isEmpty();
    assertThat(directory.find("sale")).isEmpty();
  }

  @Test
  void goesOnForHoursWithoutTheDatabase() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).isPresent();
    source.failure = new IllegalStateException("down");
    for (int hour = 0; hour < 3; hour++) {
      pass(Duration.ofHours(1));
      assertThat(directory.find("sale")).contains(campaign(7, "sale", 5));
    }
    int reads = source.reads.get();

    pass(CampaignDirectory.PAUSE_AFTER_FAILURE.minus(MOMENT));
    assertThat(directory.find("sale")).isPresent();
    assertThat(source.reads).as("no read soon after one that failed").hasValue(reads);

    source.failure = null;
    source.has(campaign(7, "sale", 2));
    pass(MOMENT);
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 2));
  }

  @Test
  void isUnavailableForACampaignThatWasNeverSeen() {
    source.failure = new IllegalStateException("down");
    for (int i = 0; i < 2; i++) {
      var problem = catchThrowableOfType(ProblemException.class, () -> directory.find("sale"));
      assertThat(problem.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(source.reads).hasValue(1);
  }

  @Test
  void isUnavailableRatherThanWrongAboutWhatWasMissing() {
    assertThat(directory.find("sale")).isEmpty();
    source.failure = new IllegalStateException("down");
    pass(CampaignDirectory.FRESH_FOR);
    assertThatThrownBy(() -> directory.find("sale")).isInstanceOf(ProblemException.class);
  }

  @Test
  void waitsShortlyForASlowDatabaseAndThenGivesTheOldAnswer() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).isPresent();
    source.has(campaign(7, "sale", 4));
    source.gate = new CountDownLatch(1);
    pass(CampaignDirectory.FRESH_FOR);

    long started = System.nanoTime();
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 5));
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isBetween(CampaignDirectory.PATIENCE_STALE.minus(MOMENT), Duration.ofMillis(1_500));

    // Who comes later does not wait again for the read that hangs.
    pass(CampaignDirectory.PATIENCE_STALE);
    started = System.nanoTime();
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 5));
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(150));
    assertThat(source.reads).hasValue(2);

    source.gate.countDown();
    await(() -> directory.find("sale").equals(Optional.of(campaign(7, "sale", 4))));
  }

  @Test
  void abandonsAReadThatHangsAndIgnoresWhatItFindsInTheEnd() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).isPresent();
    var hanging = new CountDownLatch(1);
    source.gate = hanging;
    pass(CampaignDirectory.FRESH_FOR);
    assertThat(directory.find("sale")).isPresent();
    source.gate = null;
    source.has(campaign(7, "sale", 3));
    pass(CampaignDirectory.ABANDON_AFTER);
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 3));

    hanging.countDown();
    await(() -> source.finished.get() == 3);
    assertThat(directory.find("sale")).contains(campaign(7, "sale", 3));
  }

  @RepeatedTest(5)
  void thousandsOfThreadsCostOneRead() throws Exception {
    source.has(campaign(7, "sale", 5));
    source.gate = new CountDownLatch(1);
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Optional<CachedCampaign>>>();
      for (int i = 0; i < 5_000; i++) {
        answers.add(
            threads.submit(() -> {
              start.await();
              return directory.find("sale");
            }));
      }
      start.countDown();
      await(() -> source.reads.get() > 0);
      source.gate.countDown();
      for (var answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS)).contains(campaign(7, "sale", 5));
      }
    }
    assertThat(source.reads).hasValue(1);
  }

  @Test
  void madeUpNamesDoNotPushCampaignsOut() {
    source.has(campaign(7, "sale", 5));
    assertThat(directory.find("sale")).isPresent();
    for (int i = 0; i < 30_000; i++) {
      assertThat(directory.find("made-up-" + i)).isEmpty();
    }
    source.failure = new IllegalStateException("down");
    pass(CampaignDirectory.FRESH_FOR);
    assertThat(directory.find("sale")).isPresent();
  }

  @Test
  void tellsTheDatabasesTimeFromItsLastAnswer() {
    assertThat(directory.databaseNow()).isEqualTo(NOON);
    pass(Duration.ofMinutes(5));
    assertThat(directory.databaseNow()).isEqualTo(NOON.plusSeconds(300));
    source.now = NOON.plusSeconds(302);
    assertThat(directory.find("none")).isEmpty();
    assertThat(directory.databaseNow()).isEqualTo(NOON.plusSeconds(302));
  }

  @Test
  void hasNoTimeBeforeTheDatabaseHasAnswered() {
    source.failure = new IllegalStateException("down");
    assertThatThrownBy(directory::databaseNow).isInstanceOf(ProblemException.class);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static CachedCampaign campaign(long id, String name, long remaining) {
    return new CachedCampaign(
        id,
        name,
        "A sale",
        CampaignKind.FIRST_COME,
        100,
        remaining,
        0,
        null,
        null,
        false,
        false,
        CampaignMode.ACTIVE,
        1,
        "firstcome.campaign." + name,
        "topic-id-of-" + name,
        null,
        null,
        1,
        NOON);
  }

  /** A database that can be slow, down, or both. */
  private static final class FakeSource implements CampaignSource {
    final Map<String, CachedCampaign> campaigns = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    volatile Instant now = NOON;
    volatile @Nullable RuntimeException failure;
    volatile @Nullable CountDownLatch gate;

    void has(CachedCampaign campaign) {
      campaigns.put(campaign.name(), campaign);
      campaigns.put(Long.toString(campaign.id()), campaign);
    }

    @Override
    public Reading read(String key) {
      reads.incrementAndGet();
      // What a statement sees is what was there when it began.
      var seen = Optional.ofNullable(campaigns.get(key));
      var closed = gate;
      if (closed != null) {
        waitFor(closed);
      }
      finished.incrementAndGet();
      return new Reading(seen, now());
    }

    @Override
    public Instant now() {
      var thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      return now;
    }

    private static void waitFor(CountDownLatch gate) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
