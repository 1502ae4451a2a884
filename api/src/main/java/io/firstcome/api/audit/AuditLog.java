package io.firstcome.api.audit;

import io.firstcome.api.paging.PageWanted;
import io.firstcome.core.campaign.CampaignName;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps who did what. Entries outlive the campaigns they are about. */
@Component
public class AuditLog {
  private static final int ACTOR_CHARACTERS_MAX = 200;
  private static final String FILTER =
      " WHERE (:id IS NULL OR campaign_id = :id) AND (:name IS NULL OR campaign_name = :name)";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  AuditLog(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Writes an entry in the transaction of the change that it is about: there is never one without
   * the other.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(AuditEntry entry) {
    jdbc.sql(
            """
            INSERT INTO audit_log (at, actor, action, campaign_id, campaign_name, details)
            VALUES (UTC_TIMESTAMP(6), :actor, :action, :campaignId, :campaignName, :details)
            """)
        .param("actor", cut(entry.actor()))
        .param("action", entry.action())
        .param("campaignId", entry.campaignId())
        .param("campaignName", entry.campaignName())
        .param("details", json.writeValueAsString(entry.details()))
        .update();
  }

  /** Newest first. */
  List<AuditRow> list(@Nullable String campaign, PageWanted page) {
    return filtered("SELECT * FROM audit_log" + FILTER + " ORDER BY id DESC LIMIT :o, :n", campaign)
        .param("o", page.offset())
        .param("n", page.size())
        .query((row, _) ->
            new AuditRow(
                row.getLong("id"),
                row.getObject("at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString("actor"),
                row.getString("action"),
                row.getObject("campaign_id", Long.class),
                row.getString("campaign_name"),
                json.readTree(row.getString("details"))))
        .list();
  }

  long count(@Nullable String campaign) {
    return filtered("SELECT COUNT(*) FROM audit_log" + FILTER, campaign).query(Long.class).single();
  }

  private JdbcClient.StatementSpec filtered(String sql, @Nullable String campaign) {
    boolean byId = campaign != null && CampaignName.isId(campaign);
    return jdbc.sql(sql).param("id", byId ? campaign : null).param("name", byId ? null : campaign);
  }

  private static String cut(String actor) {
    return actor.length() <= ACTOR_CHARACTERS_MAX
        ? actor
        : actor.substring(0, ACTOR_CHARACTERS_MAX);
  }
}
