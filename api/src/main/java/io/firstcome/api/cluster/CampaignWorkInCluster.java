package io.firstcome.api.cluster;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.campaign.Campaign;
import io.firstcome.api.campaign.CampaignChange;
import io.firstcome.api.campaign.CampaignChange.End;
import io.firstcome.api.campaign.CampaignWork;
import io.firstcome.api.campaign.CampaignWorkHere;
import io.firstcome.api.campaign.NewCampaign;
import io.firstcome.api.campaign.RegisteredCampaign;
import io.firstcome.api.campaign.Registrations;
import io.firstcome.api.campaign.RemovalTarget;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns as resources of the cluster: what administrators ask for is written into the Campaign,
 * and the answer waits until the operator has registered it. Campaigns without a namespace are
 * older than the cluster and stay with this process.
 */
final class CampaignWorkInCluster implements CampaignWork {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final CampaignResources resources;
  private final CampaignWorkHere here;
  private final Registrations registrations;
  private final AdministratorActs acts;
  private final CampaignSpecs specs;

  CampaignWorkInCluster(
      CampaignResources resources,
      CampaignWorkHere here,
      Registrations registrations,
      AdministratorActs acts,
      CampaignSpecs specs) {
    this.resources = resources;
    this.here = here;
    this.registrations = registrations;
    this.acts = acts;
    this.specs = specs;
  }

  @Override
  public Campaign create(NewCampaign wanted, String actor) {
    return wanted.make(name -> create(name, wanted, actor));
  }

  private Campaign create(String name, NewCampaign wanted, String actor) {
    registrations.find(name).ifPresent(CampaignWorkInCluster::refuseTaken);
    var spec = specs.spec(wanted);
    var namespace = specs.namespace();
    resources.create(namespace, name, spec);
    var made = awaitRow(name, row -> namespace.equals(row.namespace()) && !row.released());
    acts.note(
        new AuditEntry(
            actor,
            "CAMPAIGN_CREATED",
            made.map(Campaign::id).orElse(null),
            name,
            Map.of("after", made.<Object>map(it -> it).orElse(spec))));
    return made.orElseThrow(() -> unfinished(namespace, name, "stored", "registered"));
  }

  private static void refuseTaken(RegisteredCampaign known) {
    var name = known.campaign().name();
    throw new ProblemException(
        ErrorCode.CAMPAIGN_EXISTS,
        known.released()
            ? ("The name %s has the history of a campaign whose resource was deleted. Delete that"
                    + " campaign, make its resource again, or choose another name.")
                .formatted(name)
            : "The name %s is taken; choose another one.".formatted(name));
  }

  @Override
  public Campaign change(long id, CampaignChange change, String actor) {
    var known = registrations.get(id);
    var namespace = known.namespace();
    if (namespace == null) {
      return here.change(id, change, actor);
    }
    var entry = here.check(id, change, actor);
    return patch(known, CampaignSpecs.patch(change), entry, row -> shows(row.campaign(), change));
  }

  @Override
  public Campaign setMode(long id, CampaignMode mode, @Nullable String why, String actor) {
    var known = registrations.get(id);
    // A resource cannot say "closed for good", so that stands in the row.
    if (known.namespace() == null || mode == CampaignMode.CLOSED) {
      return here.setMode(id, mode, why, actor);
    }
    var entry = here.check(id, mode, why, actor);
    var paused = Map.<String, @Nullable Object>of("paused", mode == CampaignMode.PAUSED);
    return patch(known, paused, entry, row -> row.mode() == mode);
  }

  private Campaign patch(
      RegisteredCampaign known,
      Map<String, @Nullable Object> spec,
      Optional<AuditEntry> entry,
      Predicate<RegisteredCampaign> done) {
    var name = known.campaign().name();
    var namespace = Objects.requireNonNull(known.namespace());
    if (known.released() || !resources.patch(namespace, name, spec)) {
      throw new ProblemException(
          ErrorCode.CHANGE_REFUSED,
          ("The Campaign %s in the namespace %s was deleted, and only its history is kept. Make the"
                  + " resource again to go on with it.")
              .formatted(name, namespace));
    }
    acts.note(entry);
    return awaitRow(name, done)
        .orElseThrow(() -> unfinished(namespace, name, "changed", "registered as it is now"));
  }

  private static boolean shows(Campaign row, CampaignChange change) {
    return isOrStays(change.displayName(), row.displayName())
        && isOrStays(change.totalStock(), row.totalStock())
        && isOrStays(change.opensAt(), row.opensAt())
        && isOrStays(change.closesAt(), row.closesAt())
        && isOrStays(change.repeatable(), row.repeatable())
        && isOrStays(change.soldOut(), row.soldOut())
        && isOrStays(change.partitions(), row.partitions());
  }

  private static boolean isOrStays(@Nullable Object wanted, Object actual) {
    return wanted == null || wanted.equals(actual);
  }

  private static boolean isOrStays(@Nullable End wanted, @Nullable Instant actual) {
    return wanted == null || Objects.equals(wanted.at(), actual);
  }

  @Override
  public void delete(long id, String actor) {
    var known = registrations.get(id);
    var namespace = known.namespace();
    if (namespace == null) {
      here.delete(id, actor);
      return;
    }
    var name = known.campaign().name();
    resources.delete(namespace, name);
    var target = startDeletion(known, actor);
    var gone =
        Patience.await(
            LIMIT,
            PAUSE,
            () -> resources.exists(namespace, name) ? Optional.empty() : Optional.of(name));
    if (gone.isEmpty()) {
      throw unfinished(namespace, name, "marked for deletion", "gone");
    }
    target.ifPresent(rest -> here.finishDeletion(rest, actor));
  }

  /** Empty if the operator, who deletes the rows too by the deletion policy, was the first. */
  private Optional<RemovalTarget> startDeletion(RegisteredCampaign known, String actor) {
    var campaign = known.campaign();
    try {
      return Optional.of(here.startDeletion(campaign.id(), actor));
    } catch (ProblemException e) {
      if (e.code() != ErrorCode.CAMPAIGN_NOT_FOUND) {
        throw e;
      }
      acts.note(
          new AuditEntry(
              actor,
              "CAMPAIGN_DELETION_STARTED",
              campaign.id(),
              campaign.name(),
              Map.of("before", campaign)));
      return Optional.empty();
    }
  }

  private Optional<Campaign> awaitRow(String name, Predicate<RegisteredCampaign> done) {
    return Patience.await(
        LIMIT,
        PAUSE,
        () -> registrations.find(name).filter(done).map(RegisteredCampaign::campaign));
  }

  private ProblemException unfinished(String namespace, String name, String state, String missing) {
    var trouble = resources.trouble(namespace, name);
    return KubernetesProblems.unavailable(
        ("The Campaign %s is %s, but not %s after %d s.%s"
                + " Look at: kubectl describe campaign %s -n %s")
            .formatted(
                name,
                state,
                missing,
                LIMIT.toSeconds(),
                trouble.map(said -> " The operator says: " + said + ".").orElse(""),
                name,
                namespace),
        null);
  }
}
