package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignName;
import io.firstcome.core.error.ErrorCode;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface CampaignRepository extends JpaRepository<CampaignEntity, Long> {
  boolean existsByName(String name);

  @Query("SELECT c FROM CampaignEntity c JOIN FETCH c.topic WHERE c.name = :name")
  Optional<CampaignEntity> findByName(String name);

  @Query("SELECT c FROM CampaignEntity c JOIN FETCH c.topic WHERE c.id = :id")
  Optional<CampaignEntity> findWithTopic(long id);

  @Query(
      value = "SELECT c FROM CampaignEntity c JOIN FETCH c.topic ORDER BY c.id DESC",
      countQuery = "SELECT COUNT(c) FROM CampaignEntity c")
  Page<CampaignEntity> newestFirst(Pageable page);

  /** The same conditions as {@link io.firstcome.core.campaign.CampaignPhase#at}. */
  @Query(
      "SELECT c FROM CampaignEntity c JOIN FETCH c.topic WHERE c.mode = 'ACTIVE'"
          + " AND (c.opensAt IS NULL OR c.opensAt <= :now)"
          + " AND (c.closesAt IS NULL OR c.closesAt > :now) ORDER BY c.id DESC")
  List<CampaignEntity> openAt(Instant now, Pageable page);

  /** Soonest first. */
  @Query(
      "SELECT c FROM CampaignEntity c JOIN FETCH c.topic WHERE c.mode = 'ACTIVE'"
          + " AND c.opensAt > :now ORDER BY c.opensAt, c.id")
  List<CampaignEntity> opensAfter(Instant now, Pageable page);

  @Query(
      "SELECT new io.firstcome.api.campaign.Registrations$RegisteredName(c.name, c.released)"
          + " FROM CampaignEntity c WHERE c.namespace = :namespace ORDER BY c.name")
  List<Registrations.RegisteredName> namesIn(String namespace);

  @Query("SELECT c.name FROM CampaignEntity c WHERE c.topic.name = :name OR c.topic.uuid = :uuid")
  List<String> onTopic(String name, String uuid);

  /** Without the topic, whose row other campaigns of a lane need too. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("SELECT c FROM CampaignEntity c WHERE c.id = :id")
  Optional<CampaignEntity> lock(long id);

  /**
   * Adds what the total grows by to the remaining stock as well. The assignments are made from left
   * to right, so the remaining stock comes first: it needs the old total.
   */
  @Modifying(flushAutomatically = true, clearAutomatically = true)
  @Query(
      value =
          """
          UPDATE campaign SET remaining = remaining + (:total - total_stock), total_stock = :total
           WHERE id = :id AND total_stock <= :total
          """,
      nativeQuery = true)
  int growStock(long id, long total);

  /**
   * Notes the growth before it is made, at its place in the order of the decisions: with the
   * campaign locked, all of its decisions so far have ids up to the largest one, and all later ones
   * get larger ids.
   */
  @Modifying(flushAutomatically = true)
  @Query(
      value =
          """
          INSERT INTO stock_change (campaign_id, after_id, stock_before, stock_after, changed_at)
          SELECT id, (SELECT COALESCE(MAX(p.id), 0) FROM participation p), total_stock, :total,
                 UTC_TIMESTAMP(6)
            FROM campaign WHERE id = :id
          """,
      nativeQuery = true)
  int noteGrowth(long id, long total);

  @Query(
      value = "SELECT EXISTS (SELECT 1 FROM participation WHERE campaign_id = :id)",
      nativeQuery = true)
  long hasParticipations(long id);

  /** As text, because a value would be taken for a time in the zone of this process. */
  @Query(
      value = "SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')",
      nativeQuery = true)
  String utcTimestamp();

  /** The database's clock: the one that decides in which phase a campaign is. */
  default Instant databaseNow() {
    return Instant.parse(utcTimestamp());
  }

  /**
   * The campaign with this id (digits only) or name.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_NOT_FOUND}
   */
  default CampaignEntity get(String idOrName) {
    return find(idOrName).orElseThrow(CampaignRepository::notFound);
  }

  private Optional<CampaignEntity> find(String idOrName) {
    if (CampaignName.isId(idOrName)) {
      return idOrName.length() > 18 ? Optional.empty() : findWithTopic(Long.parseLong(idOrName));
    }
    return CampaignName.isName(idOrName) ? findByName(idOrName) : Optional.empty();
  }

  /** The campaign with its row locked until the transaction ends. */
  default CampaignEntity getLocked(long id) {
    return lock(id).orElseThrow(CampaignRepository::notFound);
  }

  static ProblemException notFound() {
    return new ProblemException(ErrorCode.CAMPAIGN_NOT_FOUND, "There is no such campaign.");
  }
}
