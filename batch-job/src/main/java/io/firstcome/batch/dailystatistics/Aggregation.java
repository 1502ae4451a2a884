package io.firstcome.batch.dailystatistics;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * One run: hands out the campaigns to the workers, one by one in the order of their ids, and knows
 * what became of them. Nothing of this is kept between runs, so a restart looks at every campaign
 * again, also at those that are new.
 */
final class Aggregation {
  private static final Logger LOG = LoggerFactory.getLogger(Aggregation.class);
  private static final int CAMPAIGNS_A_READ = 500;
  private static final int TRIES_MAX = 3;
  private static final int NAMES_IN_MESSAGE_MAX = 5;
  private static final int REASON_LENGTH_MAX = 120;

  private final CampaignStatistics statistics;
  private final LocalDate date;
  private final @Nullable String only;
  private final Deque<Campaign> waiting = new ArrayDeque<>();
  private boolean read;
  private long lastId;
  private boolean stopped;
  private boolean databaseLost;
  private long campaigns;
  private long idle;
  private long days;
  private long requests;
  private final List<String> failures = new ArrayList<>();

  /**
   * A run.
   *
   * @param only the name of the only campaign to look at, or null for all
   */
  Aggregation(CampaignStatistics statistics, LocalDate date, @Nullable String only) {
    this.statistics = statistics;
    this.date = date;
    this.only = only;
  }

  private synchronized @Nullable Campaign next() {
    if (databaseLost || stopped) {
      return null;
    }
    if (waiting.isEmpty() && !read) {
      if (only == null) {
        waiting.addAll(statistics.campaignsAfter(lastId, CAMPAIGNS_A_READ));
        read = waiting.size() < CAMPAIGNS_A_READ;
      } else {
        statistics.campaign(only).ifPresent(waiting::add);
        read = true;
      }
    }
    var campaign = waiting.poll();
    if (campaign != null) {
      lastId = campaign.id();
      campaigns++;
    }
    return campaign;
  }

  /** From now on there is no next campaign. */
  synchronized void stop() {
    stopped = true;
  }

  /**
   * Does the next campaign, whatever happens to it.
   *
   * @return whether there was one
   */
  boolean doNext(StepContribution contribution) {
    var campaign = next();
    if (campaign == null) {
      return false;
    }
    contribution.incrementReadCount();
    try {
      if (statistics.isIdle(campaign, date)) {
        contribution.incrementFilterCount(1);
        addIdle();
      } else {
        var counted = aggregate(campaign);
        contribution.incrementWriteCount(counted.days());
        add(counted);
      }
      var difference = statistics.difference(campaign);
      if (difference.isPresent()) {
        LOG.error("{}: the counters differ: {}", campaign.name(), difference.get());
        contribution.incrementProcessSkipCount();
        addFailure(campaign, "the counters differ: " + difference.get());
      }
    } catch (RuntimeException e) {
      LOG.error("{} could not be counted", campaign.name(), e);
      contribution.incrementProcessSkipCount();
      addFailure(campaign, reason(e));
    }
    return true;
  }

  private CampaignStatistics.Counted aggregate(Campaign campaign) {
    for (int attempt = 1; ; attempt++) {
      try {
        return statistics.aggregate(campaign, date);
      } catch (PessimisticLockingFailureException e) {
        // A deadlock or a lock that did not come in time: nothing has changed.
        if (attempt == TRIES_MAX) {
          throw e;
        }
        LOG.info("{} is counted again: {}", campaign.name(), e.getMessage());
      }
    }
  }

  private static String reason(RuntimeException e) {
    var cause = NestedExceptionUtils.getMostSpecificCause(e);
    var text = cause instanceof SQLException ? cause.getMessage() : null;
    // What the database says about a statement that is wrong quotes the statement.
    if (text == null || e instanceof BadSqlGrammarException) {
      return "unexpected, see the log";
    }
    return text.length() > REASON_LENGTH_MAX ? text.substring(0, REASON_LENGTH_MAX) + "..." : text;
  }

  private synchronized void addIdle() {
    idle++;
  }

  private synchronized void add(CampaignStatistics.Counted counted) {
    days += counted.days();
    requests += counted.requests();
  }

  private void addFailure(Campaign campaign, String reason) {
    // Without this look a database that is gone would be as many failures as there are campaigns.
    boolean lost = !statistics.databaseAnswers();
    synchronized (this) {
      databaseLost |= lost;
      failures.add("%s (%s)".formatted(campaign.name(), reason));
    }
  }

  synchronized boolean isComplete() {
    return failures.isEmpty() && !databaseLost;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** What was done and what failed, for a person. */
  synchronized String summary() {
    var text =
        "%d campaigns looked at, %d of them without anything to count; %d days with %d requests"
            .formatted(campaigns, idle, days, requests);
    if (databaseLost) {
      return "the database is gone; until then " + text;
    }
    if (!failures.isEmpty()) {
      var more = failures.size() - NAMES_IN_MESSAGE_MAX;
      return "%d campaigns failed: %s%s; %s"
          .formatted(
              failures.size(),
              failures.stream().limit(NAMES_IN_MESSAGE_MAX).collect(Collectors.joining(", ")),
              more > 0 ? " and %d more".formatted(more) : "",
              text);
    }
    return stopped ? "stopped early; until then " + text : text;
  }
}
