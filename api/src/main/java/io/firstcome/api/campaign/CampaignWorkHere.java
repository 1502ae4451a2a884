package io.firstcome.api.campaign;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.error.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Campaigns that this process provides: rows in the tables, and topics in the log. Where somebody
 * else changes the rows, it says what they allow.
 */
@Component
public final class CampaignWorkHere implements CampaignWork {
  private final CampaignCreation creation;
  private final CampaignChanges changes;
  private final CampaignRemoval removal;

  CampaignWorkHere(CampaignCreation creation, CampaignChanges changes, CampaignRemoval removal) {
    this.creation = creation;
    this.changes = changes;
    this.removal = removal;
  }

  CampaignCreation creation() {
    return creation;
  }

  CampaignChanges changes() {
    return changes;
  }

  @Override
  public Campaign create(NewCampaign wanted, String actor) {
    return creation.create(wanted, actor);
  }

  @Override
  public Campaign change(long id, CampaignChange change, String actor) {
    return changes.change(id, change, actor);
  }

  /**
   * Whether the campaign allows a change that somebody else is going to make.
   *
   * @return what to write into the audit log then; empty if it changes nothing
   * @throws ProblemException as {@link #change}
   */
  public Optional<AuditEntry> check(long id, CampaignChange change, String actor) {
    return changes.check(id, change, actor);
  }

  @Override
  public Campaign setMode(long id, CampaignMode mode, @Nullable String why, String actor) {
    return changes.setMode(id, mode, why, actor);
  }

  /** As the other {@code check}, for {@link #setMode}. */
  public Optional<AuditEntry> check(
      long id, CampaignMode mode, @Nullable String why, String actor) {
    return changes.check(id, mode, why, actor);
  }

  @Override
  public void delete(long id, String actor) {
    finishDeletion(startDeletion(id, actor), actor);
  }

  /**
   * Closes the campaign, as the first step of a deletion.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  public RemovalTarget startDeletion(long id, String actor) {
    return removal.start(id, actor);
  }

  /**
   * Does the rest of a deletion, which may also have been done by somebody else meanwhile.
   *
   * @throws ProblemException as {@link #delete}
   */
  public void finishDeletion(RemovalTarget target, String actor) {
    removal.finish(target, actor);
  }
}
