package io.firstcome.api.campaign;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.audit.AuditLog;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.error.ErrorCode;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes campaigns: closed first, then the topic, then the rows, the campaign's own row last. Each
 * step can be made again, so a deletion that was cut off is finished by asking for it once more.
 */
@Component
class CampaignRemoval {
  private final CampaignRepository campaigns;
  private final TopicProvisioner provisioner;
  private final TransactionOperations transactions;
  private final AuditLog audit;
  private final CampaignRows rows;

  CampaignRemoval(
      CampaignRepository campaigns,
      TopicProvisioner provisioner,
      TransactionOperations transactions,
      AuditLog audit,
      CampaignRows rows) {
    this.campaigns = campaigns;
    this.provisioner = provisioner;
    this.transactions = transactions;
    this.audit = audit;
    this.rows = rows;
  }

  /**
   * Deletes the campaign and all that was recorded for it but the audit log; some or all of it may
   * have been done by somebody else meanwhile.
   *
   * @throws ProblemException {@link ErrorCode#LOG_UNAVAILABLE} if its topic cannot be deleted now;
   *     the campaign stays, closed
   */
  void finish(RemovalTarget target, String actor) {
    if (target.ownTopicUuid() != null) {
      awaitGrace();
      provisioner.delete(target.ownTopicUuid());
    }
    rows.deleteRecords(target);
    transactions.executeWithoutResult(_ -> {
      // Consumers lock offsets before campaigns, so this does too.
      rows.deleteOffsets(target);
      if (campaigns.lock(target.id()).isEmpty()) {
        return;
      }
      // A consumer may have decided a last batch before the lock.
      rows.deleteRecords(target);
      rows.deleteCampaign(target);
      audit.add(new AuditEntry(actor, "CAMPAIGN_DELETED", target.id(), target.name(), Map.of()));
    });
  }

  /** Closes the campaign. */
  RemovalTarget start(long id, String actor) {
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          var campaign = campaigns.getLocked(id);
          var before = Campaign.of(campaign, campaigns.databaseNow());
          campaign.mode(CampaignMode.CLOSED);
          audit.add(
              new AuditEntry(
                  actor,
                  "CAMPAIGN_DELETION_STARTED",
                  id,
                  campaign.name(),
                  Map.of("before", before)));
          var topic = campaign.topic();
          return new RemovalTarget(
              id, campaign.name(), topic.id(), topic.lane() == null ? topic.uuid() : null);
        }));
  }

  private void awaitGrace() {
    try {
      Thread.sleep(rows.grace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          ErrorCode.INTERNAL_ERROR, "The deletion was interrupted; ask for it once more.", e);
    }
  }
}
