package io.firstcome.api.status;

import io.firstcome.api.campaign.CachedCampaign;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the decisions are behind the log. */
@Component
public final class CampaignLag {
  private final JdbcClient jdbc;
  private final LogEnds logEnds;

  CampaignLag(JdbcClient jdbc, LogEnds logEnds) {
    this.jdbc = jdbc;
    this.logEnds = logEnds;
  }

  /**
   * Requests in the log that are not decided yet, for a campaign on a lane those of its partition;
   * null if the log does not answer within two seconds.
   */
  public @Nullable Long of(CachedCampaign campaign) {
    // The offsets before the ends: seen the other way round, a busy log could show a negative lag.
    Map<Integer, Long> next = new HashMap<>();
    jdbc.sql("SELECT part, next_offset FROM consumer_offset WHERE topic_id = :topic")
        .param("topic", campaign.topicId())
        .query(row -> {
          next.put(row.getInt(1), row.getLong(2));
        });
    return logEnds
        .of(campaign)
        .map(ends ->
            ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - next.getOrDefault(end.getKey(), 0L))
                .sum())
        .orElse(null);
  }
}
