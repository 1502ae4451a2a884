package io.firstcome.replay;

import io.firstcome.replay.ReplayException.Reason;
import io.firstcome.replay.Snapshot.CampaignRow;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides all requests of a campaign once more, from the first record that the log still has, with
 * the rule that decided them, and compares every result, the stock and the offsets with the tables.
 *
 * <p>It only reads, and may be used while the campaign is running: what the tables say is seen as
 * of one moment. The memory that it needs grows with the users that have taken part, some hundred
 * bytes each, and not with the length of the log. Safe for any number of threads.
 */
public final class CampaignReplay {
  private static final Logger log = LoggerFactory.getLogger(CampaignReplay.class);

  private final DataSource database;
  private final Map<String, Object> kafka;

  /**
   * @param database one connection is held for as long as a replay takes
   * @param kafka client settings, at least {@code bootstrap.servers}
   */
  public CampaignReplay(DataSource database, Map<String, Object> kafka) {
    this.database = database;
    this.kafka = Map.copyOf(kafka);
  }

  /**
   * Replays a campaign; takes about a second for a hundred thousand requests.
   *
   * @throws ReplayException if it cannot be finished; the reason says who is at fault. Nothing
   *     waits for a silent Kafka longer than half a minute at a time
   */
  public ReplayReport replay(long campaignId) {
    long started = System.nanoTime();
    try (var tables = Snapshot.open(database)) {
      var campaign =
          tables
              .campaign(campaignId)
              .orElseThrow(() ->
                  new ReplayException(
                      Reason.CAMPAIGN_UNKNOWN, "There is no campaign with the id " + campaignId));
      var report = replay(tables, campaign);
      log.info(
          "Replayed {} requests of {} in {} ms, differences: {}",
          report.replayed(),
          report.campaignName(),
          (System.nanoTime() - started) / 1_000_000,
          report.differenceCount());
      return report;
    } catch (SQLException e) {
      throw new ReplayException(
          Reason.DATABASE_UNAVAILABLE, "The database does not answer during the replay.", e);
    }
  }

  private ReplayReport replay(Snapshot tables, CampaignRow campaign) throws SQLException {
    // The offsets before the log: seen the other way round, they could be beyond its end.
    var next = tables.nextOffsets(campaign.topicId());
    var ends = new TopicEnds(kafka).of(campaign);
    try (var records = open(campaign)) {
      SortedMap<Integer, Line> lines = new TreeMap<>();
      for (var partition : ends.entrySet()) {
        int part = partition.getKey();
        var log = partition.getValue();
        var letters = tables.deadLetters(campaign.topicId(), part, log.start());
        var line = new Line(part, log, next.getOrDefault(part, 0L), letters);
        lines.put(part, line);
        // What nobody has decided yet is not read.
        long highest = tables.highestOffset(campaign.topicId(), part, log.end());
        long decided = Math.max(highest, line.highestDeadLetter()) + 1;
        records.add(part, log.start(), Math.min(log.end(), Math.max(line.next(), decided)));
      }
      records.start();
      return new Replay(tables, campaign, records, lines).run();
    }
  }

  private Log open(CampaignRow campaign) {
    try {
      return new Log(kafka, campaign.topic());
    } catch (KafkaException e) {
      throw new ReplayException(
          Reason.LOG_UNAVAILABLE, "No client can be made for " + campaign.topic() + ".", e);
    }
  }
}
