package io.firstcome.api.campaign;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.audit.AuditLog;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Changes campaigns that exist. The row is locked while a change is checked and made, so changes
 * come one after the other, and consumers, which lock it too, see all of one or nothing.
 */
@Component
class CampaignChanges {
  private static final String CHANGED = "CAMPAIGN_CHANGED";

  private final CampaignRepository campaigns;
  private final TopicRepository topics;
  private final TopicProvisioner provisioner;
  private final TransactionOperations transactions;
  private final AuditLog audit;

  CampaignChanges(
      CampaignRepository campaigns,
      TopicRepository topics,
      TopicProvisioner provisioner,
      TransactionOperations transactions,
      AuditLog audit) {
    this.campaigns = campaigns;
    this.topics = topics;
    this.provisioner = provisioner;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Makes the whole change or nothing of it, except that added partitions stay when the rest turns
   * out to be impossible because of another change at the same moment.
   *
   * @throws ProblemException {@link ErrorCode#CHANGE_REFUSED} for a change that the campaign does
   *     not allow, {@link ErrorCode#REQUEST_MALFORMED} for a window that does not fit
   */
  Campaign change(long id, CampaignChange change, String actor) {
    if (change.partitions() != null) {
      growTopic(id, change, change.partitions(), actor);
    }
    return inTransaction(() -> {
      var campaign = campaigns.getLocked(id);
      apply(change, campaign).entry(CHANGED, campaign, actor).ifPresent(audit::add);
      growStock(change, campaign);
      return view(id);
    });
  }

  /**
   * Pauses, resumes or closes.
   *
   * @param why for the audit log
   * @throws ProblemException {@link ErrorCode#CHANGE_REFUSED} for anything but closing once more
   *     after the campaign was closed
   */
  Campaign setMode(long id, CampaignMode mode, @Nullable String why, String actor) {
    return inTransaction(() -> {
      var campaign = campaigns.getLocked(id);
      entry(campaign, mode, why, actor).ifPresent(audit::add);
      campaign.mode(mode);
      return view(id);
    });
  }

  /**
   * Whether the campaign allows a mode that somebody else is going to set.
   *
   * @return what to write into the audit log then; empty if it has that mode
   * @throws ProblemException as {@link #setMode}
   */
  Optional<AuditEntry> check(long id, CampaignMode mode, @Nullable String why, String actor) {
    return entry(get(id), mode, why, actor);
  }

  private static Optional<AuditEntry> entry(
      CampaignEntity campaign, CampaignMode mode, @Nullable String why, String actor) {
    var before = campaign.mode();
    if (before == CampaignMode.CLOSED && mode != CampaignMode.CLOSED) {
      throw refused("The campaign was closed for good; make a new one.");
    }
    if (before == mode) {
      return Optional.empty();
    }
    var details = new LinkedHashMap<String, Object>();
    details.put("before", before);
    details.put("after", mode);
    if (why != null) {
      details.put("why", why);
    }
    return Optional.of(
        new AuditEntry(actor, action(mode), campaign.id(), campaign.name(), details));
  }

  /**
   * Whether the campaign allows a change that somebody else is going to make.
   *
   * @return what to write into the audit log then; empty if it changes nothing
   * @throws ProblemException as {@link #change}
   */
  Optional<AuditEntry> check(long id, CampaignChange change, String actor) {
    // Read outside of any transaction, so that nothing of it is ever written.
    var campaign = get(id);
    var partitions = change.partitions();
    if (partitions != null) {
      checkPartitions(campaign.topic(), partitions);
    }
    var edits = apply(change, campaign);
    if (partitions != null) {
      edits.note("partitions", campaign.topic().partitions(), partitions);
    }
    return edits.entry(CHANGED, campaign, actor);
  }

  private CampaignEntity get(long id) {
    return campaigns.findWithTopic(id).orElseThrow(CampaignRepository::notFound);
  }

  /**
   * Makes the campaign what its resource declares. The time zone stays, and so does the mode of a
   * campaign that a person has closed.
   *
   * @param seen the campaign as it was a moment ago
   * @return whether anything has changed; nothing is written otherwise
   * @throws ProblemException as {@link #change}, for another topic or lane, and {@link
   *     ErrorCode#CAMPAIGN_EXISTS} if it belongs to another namespace
   */
  boolean declare(DeclaredCampaign declared, CampaignEntity seen, String actor) {
    // Without the lock first: consumers need it, and nearly always there is nothing to change.
    if (apply(declared, seen).isEmpty()) {
      return false;
    }
    return inTransaction(() -> {
      var campaign = campaigns.getLocked(seen.id());
      var topic = campaign.topic();
      var edits = apply(declared, campaign);
      edits.entry(CHANGED, campaign, actor).ifPresent(audit::add);
      if (topic.lane() == null) {
        topics.grow(topic.id(), declared.campaign().partitions());
      }
      growStock(declared.change(), campaign);
      return !edits.isEmpty();
    });
  }

  private CampaignEdits apply(DeclaredCampaign declared, CampaignEntity campaign) {
    declared.checkOwner(campaign);
    declared.checkTopic(campaign.topic());
    if (campaign.topic().lane() == null) {
      checkPartitions(campaign.topic(), declared.campaign().partitions());
    }
    var edits = apply(declared.change(), campaign);
    if (campaign.topic().lane() == null) {
      edits.note("partitions", campaign.topic().partitions(), declared.campaign().partitions());
    }
    edits.note("namespace", campaign.namespace(), declared.namespace());
    campaign.namespace(declared.namespace());
    edits.note("released", campaign.released(), false);
    campaign.released(false);
    if (campaign.mode() != CampaignMode.CLOSED) {
      edits.note("mode", campaign.mode(), declared.mode());
      campaign.mode(declared.mode());
    }
    return edits;
  }

  /**
   * Shuts the door of a campaign whose resource is gone, and keeps its history.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  void release(long id, String actor) {
    transactions.executeWithoutResult(_ -> {
      var campaign = campaigns.getLocked(id);
      var edits = new CampaignEdits();
      edits.note("released", campaign.released(), true);
      campaign.released(true);
      if (campaign.mode() != CampaignMode.CLOSED) {
        edits.note("mode", campaign.mode(), CampaignMode.PAUSED);
        campaign.mode(CampaignMode.PAUSED);
      }
      edits.entry("CAMPAIGN_RELEASED", campaign, actor).ifPresent(audit::add);
    });
  }

  private static String action(CampaignMode mode) {
    return switch (mode) {
      case ACTIVE -> "CAMPAIGN_RESUMED";
      case PAUSED -> "CAMPAIGN_PAUSED";
      case CLOSED -> "CAMPAIGN_CLOSED";
    };
  }

  /**
   * Kafka is asked outside of any transaction: consumers need the locked row and must not wait for
   * it. A crash before the row knows is repaired by the same change sent again.
   */
  private void growTopic(long id, CampaignChange change, int partitions, String actor) {
    var topic =
        inTransaction(() -> {
          var campaign = campaigns.getLocked(id);
          checkPartitions(campaign.topic(), partitions);
          check(change, campaign);
          return new ProvidedTopic(
              campaign.topic().name(),
              campaign.topic().uuid(),
              campaign.topic().partitions(),
              false);
        });
    if (partitions == topic.partitions()) {
      return;
    }
    int now = provisioner.grow(topic.name(), partitions);
    if (now > partitions) {
      throw refused("The topic has %d partitions; a log never gets fewer.".formatted(now));
    }
    inTransaction(() -> {
      var campaign = campaigns.getLocked(id);
      var edits = new CampaignEdits();
      edits.note("partitions", campaign.topic().partitions(), now);
      edits.entry(CHANGED, campaign, actor).ifPresent(audit::add);
      return topics.grow(campaign.topic().id(), now);
    });
  }

  private static void checkPartitions(TopicEntity topic, int partitions) {
    if (topic.lane() != null) {
      throw refused(
          "The partitions belong to the lane %s and not to this campaign.".formatted(topic.lane()));
    }
    if (partitions < topic.partitions()) {
      throw refused(
          "The campaign has %d partitions; a log never gets fewer.".formatted(topic.partitions()));
    }
  }

  /**
   * Whether the campaign allows the change, apart from its partitions.
   *
   * @throws ProblemException as {@link #change}
   */
  void check(CampaignChange change, CampaignEntity campaign) {
    if (change.totalStock() != null && change.totalStock() < campaign.totalStock()) {
      throw refused(
          "The stock is %d and may only grow: what was promised stays promised."
              .formatted(campaign.totalStock()));
    }
    var repeatable = change.repeatable();
    if (repeatable != null
        && repeatable != campaign.repeatable()
        && campaigns.hasParticipations(campaign.id()) != 0) {
      throw refused("'repeatable' cannot change any more, because somebody has taken part.");
    }
    var _ = change.window(new Window(campaign.opensAt(), campaign.closesAt()));
  }

  /**
   * Makes the change in the entity, but for a stock that grows.
   *
   * @throws ProblemException as {@link #change}
   */
  CampaignEdits apply(CampaignChange change, CampaignEntity campaign) {
    check(change, campaign);
    var edits = new CampaignEdits();
    if (change.displayName() != null) {
      edits.note("displayName", campaign.displayName(), change.displayName());
      campaign.displayName(change.displayName());
    }
    if (change.totalStock() != null) {
      edits.note("totalStock", campaign.totalStock(), change.totalStock());
    }
    var window = change.window(new Window(campaign.opensAt(), campaign.closesAt()));
    edits.note("opensAt", campaign.opensAt(), window.opensAt());
    edits.note("closesAt", campaign.closesAt(), window.closesAt());
    campaign.window(window);
    if (change.repeatable() != null) {
      edits.note("repeatable", campaign.repeatable(), change.repeatable());
      campaign.repeatable(change.repeatable());
    }
    if (change.soldOut() != null) {
      edits.note("soldOut", campaign.soldOut(), change.soldOut());
      campaign.soldOut(change.soldOut());
    }
    return edits;
  }

  /** Detaches the entity, whose row must be locked. */
  void growStock(CampaignChange change, CampaignEntity campaign) {
    var stock = change.totalStock();
    if (stock != null && stock != campaign.totalStock()) {
      campaigns.noteGrowth(campaign.id(), stock);
      campaigns.growStock(campaign.id(), stock);
    }
  }

  private Campaign view(long id) {
    campaigns.flush();
    return Campaign.of(get(id), campaigns.databaseNow());
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ErrorCode.CHANGE_REFUSED, detail);
  }
}
