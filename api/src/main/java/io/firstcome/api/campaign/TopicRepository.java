package io.firstcome.api.campaign;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface TopicRepository extends JpaRepository<TopicEntity, Integer> {
  boolean existsByName(String name);

  boolean existsByUuid(String uuid);

  Optional<TopicEntity> findByName(String name);

  /** Never shrinks: of two that grow a topic at once, the larger number stays. */
  @Modifying(flushAutomatically = true, clearAutomatically = true)
  @Query(
      value = "UPDATE topic SET partitions = GREATEST(partitions, :partitions) WHERE id = :id",
      nativeQuery = true)
  int grow(int id, int partitions);
}
