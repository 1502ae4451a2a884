package io.firstcome.standalone.seed;

import io.firstcome.core.campaign.BusinessDay;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.rule.Request;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one campaign in the order in which they were logged. Nothing of them is kept, so
 * there may be any number.
 */
final class PastRequests implements Iterator<LoggedRequest> {
  /** Of 100 requests these are of users who were here before. */
  private static final int AGAIN_PERCENT = 9;

  /** Of 100 such requests of a user with a key these are the same request sent again. */
  private static final int RESENT_PERCENT = 50;

  /** Of 100 users these send a key. */
  private static final int WITH_KEY_PERCENT = 30;

  private static final long FIRST_USER = 10_000_000;

  /** Users do not come in the order of their numbers, but near it: that is fast to write. */
  private static final int SHUFFLED = 64;

  // Odd, so that every number below 64 comes out once.
  private static final int SHUFFLE_STEP = 37;

  /** The consumer decides what has come since its last look: so many times a second. */
  private static final long BATCH_NANOS = 20_000_000;

  private static final long DECIDING_NANOS = 4_000_000;

  private final CampaignPlan plan;
  private final long campaignId;
  private final SplittableRandom random;
  private long left;
  private int day = -1;
  private long doneToday;
  private long rowsToday;
  private long users;

  PastRequests(CampaignPlan plan, long campaignId) {
    this.plan = plan;
    this.campaignId = campaignId;
    this.random = new SplittableRandom(plan.seedNumber());
    this.left = plan.rows();
  }

  /** When a request was decided that was logged then: with the others of its batch. */
  static Instant decidedAt(Instant loggedAt) {
    long batchEnd = (loggedAt.getNano() / BATCH_NANOS + 1) * BATCH_NANOS;
    return Instant.ofEpochSecond(loggedAt.getEpochSecond(), batchEnd + DECIDING_NANOS);
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public LoggedRequest next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    left--;
    while (doneToday == rowsToday) {
      day++;
      rowsToday = plan.rowsByDay().get(day);
      doneToday = 0;
    }
    var salesDay =
        new SalesDay(new BusinessDay(plan.firstDay().plusDays(day), plan.zone()), plan.opening());
    var loggedAt = salesDay.at((doneToday + random.nextDouble()) / rowsToday);
    // The first request of a day counts, whatever it gets: a day in the plan is a day in the
    // statistics.
    boolean isNew = doneToday == 0 || random.nextInt(100) >= AGAIN_PERCENT;
    doneToday++;
    return new LoggedRequest(0, loggedAt, campaignId, isNew ? firstTime() : again());
  }

  private Request firstTime() {
    long user = users++;
    return new Request(name(user), key(user));
  }

  /** Mostly somebody who was here a moment ago. */
  private Request again() {
    double ago = random.nextDouble();
    long user = users - 1 - (long) (users * ago * ago * ago);
    var key = key(user);
    if (key != null && random.nextInt(100) < RESENT_PERCENT) {
      return new Request(name(user), key);
    }
    return new Request(name(user), key == null ? null : "again-" + hex(random.nextLong()));
  }

  private static String name(long user) {
    long place = user % SHUFFLED;
    long number = FIRST_USER + user - place + place * SHUFFLE_STEP % SHUFFLED;
    return "generated-" + number;
  }

  /** A user's key follows from the number, so that none has to be remembered. */
  private @Nullable String key(long user) {
    long own = new SplittableRandom(plan.seedNumber() + user).nextLong();
    return Math.floorMod(own, 100) < WITH_KEY_PERCENT ? "key-" + hex(own) : null;
  }

  private static String hex(long number) {
    return Long.toHexString(number);
  }
}
