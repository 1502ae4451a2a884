package io.firstcome.api.participation;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Knows whether the log behind a topic's name is still the one that a campaign was registered with.
 * A producer goes by the name, so it would fill a topic that was deleted and made again, and nobody
 * would ever decide those requests.
 */
@Component
final class TopicIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(TopicIdentity.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int TOPICS_MAX = 20_000;

  private final Admin admin;

  /**
   * By name; empty while it is unknown. Looked at again after a second without anybody waiting for
   * it, and before the next request after a rest.
   */
  private final LoadingCache<String, Optional<String>> ids =
      Caffeine.newBuilder()
          .maximumSize(TOPICS_MAX)
          .refreshAfterWrite(Duration.ofSeconds(1))
          .expireAfterWrite(Duration.ofSeconds(10))
          .executor(task -> Thread.ofVirtual().name("topic-identity").start(task))
          .build(this::read);

  TopicIdentity(Admin admin) {
    this.admin = admin;
  }

  /**
   * Refuses a campaign whose log is gone. What Kafka does not answer is not held against it: then
   * the append decides.
   *
   * @throws ProblemException {@link ErrorCode#LOG_UNAVAILABLE}
   */
  void check(CachedCampaign campaign) {
    var now = ids.get(campaign.topicName());
    if (now.isPresent() && !now.get().equals(campaign.topicUuid())) {
      throw new ProblemException(
          ErrorCode.LOG_UNAVAILABLE,
          "The log of this campaign was deleted and made again. This request was not taken; an"
              + " operator has to look.");
    }
  }

  private Optional<String> read(String topic) {
    try {
      var description =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .get(topic);
      return Optional.ofNullable(description).map(found -> found.topicId().toString());
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The id of {} is unknown for now", topic, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
