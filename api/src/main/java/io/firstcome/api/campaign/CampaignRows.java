package io.firstcome.api.campaign;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes the rows of a campaign from every table that has some. */
@Component
class CampaignRows {
  private static final List<String> RECORDS_BY_CAMPAIGN =
      List.of(
          "participation",
          "campaign_rate",
          "stock_change",
          "stats_pending",
          "stats_aggregation",
          "campaign_stats");

  private final JdbcClient jdbc;
  private final RemovalSettings settings;

  CampaignRows(JdbcClient jdbc, RemovalSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  Duration grace() {
    return settings.grace();
  }

  /** Everything that was recorded for the campaign, in statements of bounded size. */
  void deleteRecords(RemovalTarget target) {
    for (var table : RECORDS_BY_CAMPAIGN) {
      inChunks("DELETE FROM " + table + " WHERE campaign_id = :id LIMIT :n", target.id());
    }
    if (target.hasOwnTopic()) {
      inChunks("DELETE FROM dead_letter WHERE topic_id = :id LIMIT :n", target.topicId());
    } else {
      inChunks("DELETE FROM dead_letter WHERE campaign_id = :id LIMIT :n", target.id());
    }
  }

  /** From then on no consumer can commit a batch of the campaign's own topic. */
  void deleteOffsets(RemovalTarget target) {
    if (target.hasOwnTopic()) {
      delete("DELETE FROM consumer_offset WHERE topic_id = :id", target.topicId());
    }
  }

  void deleteCampaign(RemovalTarget target) {
    delete("DELETE FROM campaign WHERE id = :id", target.id());
    if (target.hasOwnTopic()) {
      delete("DELETE FROM topic WHERE id = :id", target.topicId());
    }
  }

  private void delete(String sql, long id) {
    jdbc.sql(sql).param("id", id).update();
  }

  private void inChunks(String sql, long id) {
    int deleted;
    do {
      deleted = jdbc.sql(sql).param("id", id).param("n", settings.rowsPerStatement()).update();
    } while (deleted == settings.rowsPerStatement());
  }
}
