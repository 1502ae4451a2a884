package io.firstcome.api.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.api.status.CampaignReading.Line;
import io.firstcome.api.status.CampaignReading.Second;
import io.firstcome.api.status.TopicEnds.TopicPart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what changes by the second. However many look at a campaign, it costs one query a second.
 */
@Component
public final class CampaignReadings {
  private static final Duration FRESH_FOR = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();
  // One statement, so that all of it is of one moment and one look at the database.
  private static final String READ =
      """
      SELECT c.total_stock, c.remaining, c.failed, UTC_TIMESTAMP(6) AS as_of,
             (SELECT JSON_ARRAYAGG(JSON_ARRAY(r.at_second, r.decided, r.latency_micros))
                FROM campaign_rate r
               WHERE r.campaign_id = c.id AND r.at_second > UNIX_TIMESTAMP() - 300) AS seconds,
             (SELECT JSON_ARRAYAGG(JSON_ARRAY(o.part, o.next_offset))
                FROM consumer_offset o WHERE o.topic_id = c.topic_id) AS next_offsets
        FROM campaign c
       WHERE c.id = :id
      """;

  private final JdbcClient jdbc;
  private final TopicEnds topicEnds;
  private final Counter reads;
  private final Cache<Long, CampaignReading> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(FRESH_FOR).build();

  CampaignReadings(JdbcClient jdbc, TopicEnds topicEnds, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.topicEnds = topicEnds;
    this.reads = meters.counter("firstcome.status.reads");
  }

  /**
   * The campaign, at most a second old.
   *
   * @throws ProblemException {@link io.firstcome.core.error.ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  CampaignReading recent(CachedCampaign campaign) {
    return recent.get(campaign.id(), _ -> now(campaign));
  }

  /**
   * The campaign now; takes two seconds if the log does not answer.
   *
   * @throws ProblemException {@link io.firstcome.core.error.ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  public CampaignReading now(CachedCampaign campaign) {
    reads.increment();
    var reading =
        jdbc.sql(READ)
            .param("id", campaign.id())
            .query((row, _) -> reading(campaign, row))
            .optional()
            .orElseThrow(CampaignDirectory::notFound);
    // After the offsets: seen the other way round, a busy log could show a negative lag.
    return withEnds(campaign.topicName(), reading);
  }

  private static CampaignReading reading(CachedCampaign campaign, ResultSet row)
      throws SQLException {
    var next = new HashMap<Integer, Long>();
    for (var pair : numbers(row.getString("next_offsets"))) {
      next.put((int) pair[0], pair[1]);
    }
    var lanePart = campaign.lanePart();
    var parts =
        lanePart == null ? IntStream.range(0, campaign.partitions()) : IntStream.of(lanePart);
    return new CampaignReading(
        row.getLong("total_stock"),
        row.getLong("remaining"),
        row.getLong("failed"),
        Arrays.stream(numbers(row.getString("seconds")))
            .map(second -> new Second(second[0], second[1], second[2]))
            .sorted(Comparator.comparingLong(Second::at))
            .toList(),
        parts.mapToObj(part -> new Line(part, next.getOrDefault(part, 0L), null)).toList(),
        row.getObject("as_of", LocalDateTime.class).toInstant(ZoneOffset.UTC));
  }

  private static long[][] numbers(@Nullable String json) {
    return json == null ? new long[0][] : JSON.readValue(json, long[][].class);
  }

  private CampaignReading withEnds(String topic, CampaignReading reading) {
    var parts =
        reading.lines().stream().map(line -> new TopicPart(topic, line.partition())).toList();
    var ends = topicEnds.of(parts);
    return new CampaignReading(
        reading.totalStock(),
        reading.remaining(),
        reading.failed(),
        reading.seconds(),
        reading.lines().stream()
            .map(line ->
                new Line(
                    line.partition(),
                    line.nextOffset(),
                    ends.get(new TopicPart(topic, line.partition()))))
            .toList(),
        reading.asOf());
  }
}
