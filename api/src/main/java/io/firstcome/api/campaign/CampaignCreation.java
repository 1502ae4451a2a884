package io.firstcome.api.campaign;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.audit.AuditLog;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.log.TopicName;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes campaigns: the topic first, then one transaction with everything else. So a campaign that
 * exists can take requests, and what a crash in between leaves is an empty topic that the next
 * attempt takes over.
 */
@Component
class CampaignCreation {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignCreation.class);

  private final CampaignRepository campaigns;
  private final TopicRepository topics;
  private final TopicProvisioner provisioner;
  private final TransactionOperations transactions;
  private final AuditLog audit;

  CampaignCreation(
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
   * Makes the campaign.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_EXISTS} if the label is taken, {@link
   *     ErrorCode#CHANGE_REFUSED} if a foreign topic is in the way, {@link
   *     ErrorCode#LOG_UNAVAILABLE}
   */
  Campaign create(NewCampaign wanted, String actor) {
    return wanted.make(name -> create(name, wanted, actor));
  }

  /**
   * Makes the campaign of a resource. Its own topic is there already and is not looked at.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_EXISTS}, {@link ErrorCode#CHANGE_REFUSED} if
   *     the topic belongs to another campaign, {@link ErrorCode#LOG_UNAVAILABLE} for the first
   *     campaign of a lane
   */
  Campaign register(DeclaredCampaign declared, String actor) {
    var wanted = declared.campaign();
    var name = Objects.requireNonNull(wanted.label());
    var own = declared.topic();
    var topic =
        own == null
            ? laneTopic(Objects.requireNonNull(wanted.lane()), wanted.partitions())
            : new TopicEntity(own, null);
    try {
      return insert(
          name,
          wanted,
          topic,
          campaign -> {
            campaign.namespace(declared.namespace());
            campaign.mode(declared.mode());
          },
          actor);
    } catch (DataIntegrityViolationException e) {
      if (own == null || campaigns.existsByName(name)) {
        throw exists(name, e);
      }
      throw new ProblemException(
          ErrorCode.CHANGE_REFUSED,
          "The topic %s has the requests of another campaign, %s; choose another topic."
              .formatted(own.name(), String.join(", ", campaigns.onTopic(own.name(), own.uuid()))),
          e);
    }
  }

  private Campaign create(String name, NewCampaign wanted, String actor) {
    if (campaigns.existsByName(name)) {
      throw exists(name);
    }
    return wanted.lane() == null
        ? createWithOwnTopic(name, wanted, actor)
        : createOnLane(name, wanted, actor);
  }

  private Campaign createWithOwnTopic(String name, NewCampaign wanted, String actor) {
    var topicName = TopicName.ofCampaign(name);
    var topic = provide(topicName, wanted.partitions());
    try {
      return insert(name, wanted, new TopicEntity(topic, null), _ -> {}, actor);
    } catch (DataIntegrityViolationException e) {
      removeIfUnused(topic);
      throw exists(name, e);
    } catch (RuntimeException e) {
      removeIfUnused(topic);
      throw e;
    }
  }

  private Campaign createOnLane(String name, NewCampaign wanted, String actor) {
    var topic = laneTopic(Objects.requireNonNull(wanted.lane()), wanted.partitions());
    try {
      return insert(name, wanted, topic, _ -> {}, actor);
    } catch (DataIntegrityViolationException e) {
      throw exists(name, e);
    }
  }

  /** The lane's topic, with so many partitions if Kafka gives them. */
  private TopicEntity laneTopic(String lane, int partitions) {
    var topic = storedLaneTopic(lane, partitions);
    return topic.partitions() < partitions ? grown(topic, lane, partitions) : topic;
  }

  /** Campaigns that are on the lane keep the partition that was stored with them: docs/adr/0006. */
  private TopicEntity grown(TopicEntity topic, String lane, int partitions) {
    try {
      int now = provisioner.grow(topic.name(), partitions);
      transactions.executeWithoutResult(_ -> topics.grow(topic.id(), now));
      LOG.info("The lane {} has {} partitions now, instead of {}.", lane, now, topic.partitions());
      return topics.findById(topic.id()).orElseThrow();
    } catch (ProblemException e) {
      // Those that are there will do, and the next campaign tries again.
      LOG.warn("The lane {} does not get {} partitions: {}", lane, partitions, e.getMessage());
      return topic;
    }
  }

  private TopicEntity storedLaneTopic(String lane, int partitions) {
    var name = TopicName.ofLane(lane);
    return topics
        .findByName(name)
        .orElseGet(() -> {
          try {
            return topics.save(new TopicEntity(provide(name, partitions), lane));
          } catch (ProblemException | DataIntegrityViolationException e) {
            // Two first campaigns of a lane at the same time: one has stored the topic.
            return topics.findByName(name).orElseThrow(() -> e);
          }
        });
  }

  private Campaign insert(
      String name,
      NewCampaign wanted,
      TopicEntity topic,
      Consumer<CampaignEntity> more,
      String actor) {
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          var now = campaigns.databaseNow();
          var stored = wanted.lane() == null ? topics.save(topic) : topic;
          var campaign = new CampaignEntity(name, wanted, stored, now);
          more.accept(campaign);
          campaign = campaigns.save(campaign);
          if (wanted.lane() != null) {
            campaign.takeLanePart();
          }
          campaigns.flush();
          var view = Campaign.of(campaign, now);
          audit.add(
              new AuditEntry(actor, "CAMPAIGN_CREATED", view.id(), name, Map.of("after", view)));
          return view;
        }));
  }

  private ProvidedTopic provide(String name, int partitions) {
    return provisioner.create(name, partitions).orElseGet(() -> adopt(name, partitions));
  }

  /** Takes over what a crash between the topic and the row has left, and nothing else. */
  private ProvidedTopic adopt(String name, int partitions) {
    var found =
        provisioner
            .find(name)
            .orElseThrow(
                () -> refused("The topic " + name + " is being deleted; try again in a moment."));
    // Asked after looking into the topic: whoever has stored it meanwhile may have filled it too.
    if (topics.existsByName(name)) {
      throw new ProblemException(
          ErrorCode.CAMPAIGN_EXISTS, "The topic " + name + " belongs to a campaign already.");
    }
    if (!found.pristine()) {
      throw refused(
          ("The topic %s exists already and holds records of something else. Choose another name,"
                  + " or delete the topic if nobody needs it.")
              .formatted(name));
    }
    if (found.partitions() != partitions) {
      throw refused(
          ("The topic %s exists already, empty, with %d partitions instead of %d. Ask for %d"
                  + " partitions, choose another name, or delete the topic.")
              .formatted(name, found.partitions(), partitions, found.partitions()));
    }
    provisioner.configure(name);
    LOG.info("Taking over the empty topic {}, which belongs to nothing.", name);
    return new ProvidedTopic(name, found.uuid(), partitions, false);
  }

  /** Best effort: what cannot be removed is empty, and the next attempt takes it over. */
  private void removeIfUnused(ProvidedTopic topic) {
    try {
      // The answer to a commit may be lost, and another attempt may have taken the topic over.
      if (topic.created() && !topics.existsByUuid(topic.uuid())) {
        provisioner.delete(topic.uuid());
      }
    } catch (RuntimeException e) {
      LOG.warn("The empty topic {} of a campaign that was not made stays.", topic.name(), e);
    }
  }

  private static ProblemException exists(String name) {
    return exists(name, null);
  }

  private static ProblemException exists(String name, @Nullable Throwable cause) {
    return new ProblemException(
        ErrorCode.CAMPAIGN_EXISTS, "The name " + name + " is taken; choose another one.", cause);
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ErrorCode.CHANGE_REFUSED, detail);
  }
}
