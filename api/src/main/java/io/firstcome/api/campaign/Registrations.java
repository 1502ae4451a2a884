package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.stereotype.Component;

/** The rows of campaigns that stand in a cluster as resources, as the operator keeps them. */
@Component
public class Registrations {
  private static final String ACTOR = "operator";
  private static final int ATTEMPTS = 3;

  private final CampaignRepository campaigns;
  private final CampaignWorkHere work;
  private final CampaignDirectory directory;
  private final CreationSettings settings;

  Registrations(
      CampaignRepository campaigns,
      CampaignWorkHere work,
      CampaignDirectory directory,
      CreationSettings settings) {
    this.campaigns = campaigns;
    this.work = work;
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * Makes the campaign, or makes it what the resource declares now. May be asked for any number of
   * times, also at once: what is as declared is not written.
   *
   * @throws ProblemException {@link ErrorCode#REQUEST_MALFORMED}, {@link ErrorCode#CHANGE_REFUSED}
   *     for what a campaign cannot become, {@link ErrorCode#CAMPAIGN_EXISTS} for a name that
   *     belongs to another namespace, {@link ErrorCode#LOG_UNAVAILABLE} for the first campaign of a
   *     lane
   */
  public RegisteredCampaign register(String name, RegistrationRequest request) {
    var declared = DeclaredCampaign.of(name, request, settings);
    for (int attempt = 1; ; attempt++) {
      var known = campaigns.findByName(name);
      try {
        if (known.isEmpty()) {
          work.creation().register(declared, ACTOR);
          forget(get(name));
        } else if (work.changes().declare(declared, known.get(), ACTOR)) {
          directory.forget(known.get().id(), name);
        }
        return get(name);
      } catch (ProblemException e) {
        if (attempt == ATTEMPTS || !isOvertaken(e, known.isPresent())) {
          throw e;
        }
      }
    }
  }

  /** Somebody else has made the campaign meanwhile, or deleted it. */
  private static boolean isOvertaken(ProblemException e, boolean wasKnown) {
    return e.code() == (wasKnown ? ErrorCode.CAMPAIGN_NOT_FOUND : ErrorCode.CAMPAIGN_EXISTS);
  }

  /**
   * The campaign of this name, registered by an operator or not.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  public RegisteredCampaign get(String name) {
    return find(name).orElseThrow(CampaignRepository::notFound);
  }

  /** As {@link #get(String)}. */
  public Optional<RegisteredCampaign> find(String name) {
    return campaigns
        .findByName(name)
        .map(campaign -> RegisteredCampaign.of(campaign, campaigns.databaseNow()));
  }

  /** As {@link #get(String)}. */
  public RegisteredCampaign get(long id) {
    return campaigns
        .findWithTopic(id)
        .map(campaign -> RegisteredCampaign.of(campaign, campaigns.databaseNow()))
        .orElseThrow(CampaignRepository::notFound);
  }

  /** The campaigns of a namespace, by name, released ones too. */
  public List<RegisteredName> list(String namespace) {
    return campaigns.namesIn(namespace);
  }

  /** A campaign of a namespace. */
  public record RegisteredName(String name, boolean released) {}

  /**
   * Shuts the door of a campaign whose resource is gone, and keeps its history.
   *
   * @param namespace of the resource
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  public void release(String name, String namespace) {
    var campaign = get(name, namespace);
    work.changes().release(campaign.campaign().id(), ACTOR);
    forget(campaign);
  }

  /**
   * Deletes the campaign, its topic unless that is a lane's, and all that was recorded for it.
   *
   * @param namespace of the resource
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}, {@link
   *     ErrorCode#LOG_UNAVAILABLE}, {@link ErrorCode#CHANGE_REFUSED} if Kafka will not delete the
   *     topic, so that a person has to act
   */
  public void delete(String name, String namespace) {
    var campaign = get(name, namespace);
    try {
      work.delete(campaign.campaign().id(), ACTOR);
    } catch (ProblemException e) {
      throw toldApart(e);
    } finally {
      forget(campaign);
    }
  }

  /** An operator is told what Kafka has decided, and what may be different at the next try. */
  static ProblemException toldApart(ProblemException e) {
    return e.code() == ErrorCode.LOG_UNAVAILABLE
            && e.getCause() instanceof ApiException refusal
            && !(refusal instanceof RetriableException)
        ? new ProblemException(
            ErrorCode.CHANGE_REFUSED, "Kafka does not delete the topic: " + refusal.getMessage(), e)
        : e;
  }

  /** A campaign of another namespace is none of the caller's. */
  private RegisteredCampaign get(String name, String namespace) {
    var campaign = get(name);
    if (!namespace.equals(campaign.namespace())) {
      throw CampaignRepository.notFound();
    }
    return campaign;
  }

  private void forget(RegisteredCampaign campaign) {
    directory.forget(campaign.campaign().id(), campaign.campaign().name());
  }
}
