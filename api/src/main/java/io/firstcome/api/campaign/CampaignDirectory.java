package io.firstcome.api.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignName;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks campaigns up for the door: from memory, at most {@link #FRESH_FOR} old while the database
 * answers, and as last seen for as long as it does not. So requests are taken through a database
 * outage of any length, and a rush costs the database at most one read a second for each id or name
 * that is asked for.
 *
 * <p>Safe for any number of threads. Nobody waits longer than {@link #PATIENCE_STALE} while an old
 * answer is at hand, or {@link #PATIENCE_UNKNOWN} while none is.
 */
public final class CampaignDirectory {
  /** Until then an answer is given without asking the database. */
  static final Duration FRESH_FOR = Duration.ofSeconds(1);

  static final Duration PATIENCE_STALE = Duration.ofMillis(200);
  static final Duration PATIENCE_UNKNOWN = Duration.ofSeconds(10);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** A read that still hangs after this long, say on a dead connection, is not waited for again. */
  static final Duration ABANDON_AFTER = Duration.ofSeconds(20);

  /** A slower read tells the time less well than a reading of the last minute. */
  private static final Duration CLOCK_READ_MAX = Duration.ofMillis(100);

  private static final Duration CLOCK_KEPT_FOR = Duration.ofMinutes(1);
  private static final int CAMPAIGNS_MAX = 20_000;
  private static final int UNKNOWN_MAX = 10_000;
  private static final int ID_DIGITS_MAX = 18;
  private static final Logger LOG = LoggerFactory.getLogger(CampaignDirectory.class);

  private final CampaignSource source;
  private final LongSupplier nanos;
  private final AtomicBoolean databaseAnswers = new AtomicBoolean(true);
  private final Cache<String, Slot> campaigns =
      Caffeine.newBuilder().maximumSize(CAMPAIGNS_MAX).build();

  /** Apart from the campaigns, so that made-up names cannot push real ones out. */
  private final Cache<String, Slot> unknown =
      Caffeine.newBuilder().maximumSize(UNKNOWN_MAX).build();

  private volatile @Nullable Clock clock;

  /**
   * @param nanos as {@link System#nanoTime()}
   */
  CampaignDirectory(CampaignSource source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  /**
   * The campaign with this id (digits only) or name; empty if there is none.
   *
   * @throws ProblemException {@link ErrorCode#DATABASE_UNAVAILABLE} if it was never seen and the
   *     database does not answer
   */
  public Optional<CachedCampaign> find(String idOrName) {
    var key = key(idOrName);
    if (key == null) {
      return Optional.empty();
    }
    var slot = campaigns.getIfPresent(key);
    return (slot == null ? unknown.get(key, this::slot) : slot).campaign();
  }

  /**
   * As {@link #find}, for those who cannot go on without.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND} too
   */
  public CachedCampaign get(String idOrName) {
    return find(idOrName).orElseThrow(CampaignDirectory::notFound);
  }

  /** What is said of a campaign that is not there, or not any more. */
  public static ProblemException notFound() {
    return new ProblemException(
        ErrorCode.CAMPAIGN_NOT_FOUND, "There is no campaign with this id or name.");
  }

  /**
   * The database's clock, from its last reading and the time that has passed here since.
   *
   * @throws ProblemException {@link ErrorCode#DATABASE_UNAVAILABLE} if it was never read and the
   *     database does not answer
   */
  public Instant databaseNow() {
    var seen = clock;
    if (seen == null) {
      seen = new Clock(readClock(), nanos.getAsLong());
      clock = seen;
    }
    return seen.databaseNow().plusNanos(nanos.getAsLong() - seen.atNanos());
  }

  /** Makes the next look-up here read the campaign again, after it was changed. */
  public void forget(long id, String name) {
    for (var key : new String[] {Long.toString(id), name}) {
      campaigns.invalidate(key);
      unknown.invalidate(key);
    }
  }

  /** The slot may have moved to the campaigns since they were asked. */
  private Slot slot(String key) {
    var moved = campaigns.getIfPresent(key);
    return moved == null ? new Slot(key) : moved;
  }

  /** In one step for everybody who looks among the unknown. */
  private void move(Slot slot) {
    unknown
        .asMap()
        .computeIfPresent(
            slot.key,
            (key, current) -> {
              // One that was forgotten meanwhile must not come back.
              if (current != slot) {
                return current;
              }
              campaigns.put(key, slot);
              return null;
            });
  }

  private static @Nullable String key(String idOrName) {
    if (!CampaignName.isId(idOrName)) {
      return CampaignName.isName(idOrName) ? idOrName : null;
    }
    var digits = idOrName.replaceFirst("^0+", "");
    return digits.isEmpty() || digits.length() > ID_DIGITS_MAX ? null : digits;
  }

  private Instant readClock() {
    try {
      return source.now();
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  private void setClock(Instant databaseNow, long askedNanos) {
    var seen = clock;
    boolean exact = isWithin(CLOCK_READ_MAX, askedNanos);
    if (exact || seen == null || !isWithin(CLOCK_KEPT_FOR, seen.atNanos())) {
      clock = new Clock(databaseNow, nanos.getAsLong());
    }
  }

  private static ProblemException unavailable(@Nullable Throwable cause) {
    return new ProblemException(
            ErrorCode.DATABASE_UNAVAILABLE,
            "The campaign could not be looked up, because the database does not answer.",
            cause)
        .retryAfter(PAUSE_AFTER_FAILURE);
  }

  private record Clock(Instant databaseNow, long atNanos) {}

  /** The last answer for one id or name, and the read that will replace it. */
  private final class Slot {
    private final String key;
    private volatile @Nullable Answer answer;
    private @Nullable Attempt attempt;

    Slot(String key) {
      this.key = key;
    }

    Optional<CachedCampaign> campaign() {
      var seen = answer;
      if (seen != null && isWithin(FRESH_FOR, seen.readNanos())) {
        return seen.campaign();
      }
      var reading = attempt();
      // A campaign that was there is worth an old answer; that one was missing is not.
      boolean fallback = seen != null && seen.campaign().isPresent();
      reading.await(fallback ? PATIENCE_STALE : PATIENCE_UNKNOWN);
      var latest = answer;
      if (latest != null && (fallback || reading.succeeded)) {
        return latest.campaign();
      }
      throw unavailable(reading.failure);
    }

    /** The read under way, the one that has just ended, or a new one. */
    private synchronized Attempt attempt() {
      var last = attempt;
      if (last != null && last.isWorthHaving()) {
        return last;
      }
      var next = new Attempt(nanos.getAsLong());
      attempt = next;
      Thread.ofVirtual().name("campaign-" + key).start(() -> read(next));
      return next;
    }

    private void read(Attempt mine) {
      try {
        var reading = source.read(key);
        accept(mine, reading);
        if (databaseAnswers.compareAndSet(false, true)) {
          LOG.info("Campaigns can be read again.");
        }
      } catch (RuntimeException e) {
        mine.failure = e;
        if (databaseAnswers.compareAndSet(true, false)) {
          LOG.warn("Campaigns cannot be read; known ones go on as last seen.", e);
        }
      } finally {
        mine.end(nanos.getAsLong());
      }
    }

    private synchronized void accept(Attempt mine, CampaignSource.Reading reading) {
      if (attempt != mine) {
        // It was abandoned, and what it has read may be older than what the next one has.
        return;
      }
      var campaign = reading.campaign();
      answer = new Answer(campaign, mine.startedNanos);
      setClock(reading.databaseNow(), mine.startedNanos);
      mine.succeeded = true;
      if (campaign.isPresent()) {
        move(this);
      } else if (campaigns.asMap().remove(key, this)) {
        unknown.put(key, this);
      }
    }
  }

  private boolean isWithin(Duration limit, long sinceNanos) {
    return nanos.getAsLong() - sinceNanos < limit.toNanos();
  }

  /** What a read has found. Its age counts from the start of the read, to promise no less. */
  private record Answer(Optional<CachedCampaign> campaign, long readNanos) {}

  /** One read that all who need its answer wait for together. */
  private final class Attempt {
    private final long startedNanos;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean succeeded;
    private volatile @Nullable RuntimeException failure;
    private volatile long endedNanos;

    Attempt(long startedNanos) {
      this.startedNanos = startedNanos;
    }

    boolean isWorthHaving() {
      if (ended.getCount() > 0) {
        return isWithin(ABANDON_AFTER, startedNanos);
      }
      return succeeded
          ? isWithin(FRESH_FOR, startedNanos)
          : isWithin(PAUSE_AFTER_FAILURE, endedNanos);
    }

    void end(long atNanos) {
      endedNanos = atNanos;
      ended.countDown();
    }

    /** Waits until the read has ended or is this old; those who come late wait less. */
    void await(Duration patience) {
      try {
        var _ =
            ended.await(
                startedNanos + patience.toNanos() - nanos.getAsLong(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
