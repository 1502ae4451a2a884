package io.firstcome.api.participation;

import io.firstcome.api.participation.Participation.Status;
import io.firstcome.core.place.Place;
import io.firstcome.core.place.RequestIds;
import io.firstcome.core.rule.Outcome;
import io.firstcome.core.rule.Request;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads results by place. The partition's next offset is read first and the row afterwards: below
 * that offset every request has its row, so a missing row means that there is none to come.
 */
@Component
final class Results {
  private static final String COLUMNS =
      "SELECT id, campaign_id, topic_id, part, log_offset, user_id, outcome, success_rank,"
          + " logged_at, decided_at FROM participation ";

  private final JdbcClient jdbc;
  private final RequestIds ids;

  Results(JdbcClient jdbc, RequestIds ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  /** A partition whose progress somebody waits for. */
  record Part(int topicId, int partition) {
    static Part of(Place place) {
      return new Part(place.topicId(), place.partition());
    }
  }

  /** The id under which the request at this place is asked for. */
  String requestId(Place place) {
    return ids.issue(place);
  }

  /** The place that a request id stands for; empty for an id that was never issued. */
  Optional<Place> place(String requestId) {
    return ids.read(requestId);
  }

  /** Where the request stands now; empty if its campaign or its log is gone. */
  Optional<Participation> read(Place place) {
    if (!place.isInLog()) {
      return jdbc.sql(COLUMNS + "WHERE id = :id AND campaign_id = :campaign AND topic_id IS NULL")
          .param("id", place.offset())
          .param("campaign", place.campaignId())
          .query((row, n) -> participation(place, row))
          .optional();
    }
    var next = nextOffset(place);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    if (place.offset() >= next.get()) {
      return Optional.of(processing(place));
    }
    return Optional.ofNullable(read(Part.of(place), List.of(place)).get(place));
  }

  /** What the same request (same user, same key) got when it was sent before, if it is decided. */
  Optional<Participation> ofSameRequest(long campaignId, boolean repeatable, Request request) {
    return jdbc.sql(
            COLUMNS
                + "WHERE campaign_id = :campaign AND dedup_key = :dedup AND idempotency_key = :key")
        .param("campaign", campaignId)
        .param("dedup", bytes(request.dedupKey(repeatable)))
        .param("key", request.idempotencyKey())
        .query((row, _) -> participation(place(row), row))
        .optional();
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static Place place(ResultSet row) throws SQLException {
    long campaignId = row.getLong("campaign_id");
    int topicId = row.getInt("topic_id");
    return row.wasNull()
        ? Place.ofSyncDecision(campaignId, row.getLong("id"))
        : new Place(campaignId, topicId, row.getInt("part"), row.getLong("log_offset"));
  }

  /** The next offset to decide, 0 for a partition that nobody has claimed; empty without topic. */
  private Optional<Long> nextOffset(Place place) {
    return jdbc.sql(
            "SELECT COALESCE(o.next_offset, 0) FROM topic t LEFT JOIN consumer_offset o"
                + " ON o.topic_id = t.id AND o.part = :part WHERE t.id = :topic")
        .param("part", place.partition())
        .param("topic", place.topicId())
        .query(Long.class)
        .optional();
  }

  /**
   * How far partitions have been decided.
   *
   * @param nextOffsets of the partitions that a consumer has claimed
   * @param topics those that are there; of the others everything was removed
   */
  record Progress(Map<Part, Long> nextOffsets, Set<Integer> topics) {}

  Progress progress(Collection<Integer> topicIds) {
    Map<Part, Long> next = new HashMap<>();
    Set<Integer> topics = new HashSet<>();
    jdbc.sql(
            "SELECT t.id, o.part, o.next_offset FROM topic t LEFT JOIN consumer_offset o"
                + " ON o.topic_id = t.id WHERE t.id IN (:topics)")
        .param("topics", topicIds)
        .query(row -> {
          topics.add(row.getInt(1));
          if (row.getObject(2) != null) {
            next.put(new Part(row.getInt(1), row.getInt(2)), row.getLong(3));
          }
        });
    return new Progress(next, topics);
  }

  /**
   * The results of requests that are known to be below the partition's next offset; those without
   * any are missing from the answer.
   */
  Map<Place, Participation> read(Part part, List<Place> places) {
    Map<Long, List<Place>> byOffset = new HashMap<>();
    for (var place : places) {
      byOffset.computeIfAbsent(place.offset(), offset -> new ArrayList<>()).add(place);
    }
    Map<Place, Participation> found = new HashMap<>();
    jdbc.sql(COLUMNS + "WHERE topic_id = :topic AND part = :part AND log_offset IN (:offsets)")
        .param("topic", part.topicId())
        .param("part", part.partition())
        .param("offsets", byOffset.keySet())
        .query(row -> {
          for (var place : byOffset.getOrDefault(row.getLong("log_offset"), List.of())) {
            found.put(place, participation(place, row));
          }
        });
    if (found.size() < places.size()) {
      readDeadLetters(part, byOffset, found);
    }
    return found;
  }

  private void readDeadLetters(
      Part part, Map<Long, List<Place>> byOffset, Map<Place, Participation> found) {
    jdbc.sql(
            "SELECT log_offset, logged_at, found_at FROM dead_letter"
                + " WHERE topic_id = :topic AND part = :part AND log_offset IN (:offsets)")
        .param("topic", part.topicId())
        .param("part", part.partition())
        .param("offsets", byOffset.keySet())
        .query(row -> {
          for (var place : byOffset.getOrDefault(row.getLong("log_offset"), List.of())) {
            found.put(place, failed(place, row));
          }
        });
  }

  Participation processing(Place place) {
    return new Participation(
        requestId(place),
        place.campaignId(),
        null,
        Status.PROCESSING,
        Status.PROCESSING.message(null),
        null,
        place.partition(),
        place.offset(),
        null,
        null);
  }

  private Participation participation(Place place, ResultSet row) throws SQLException {
    var status = Status.of(Outcome.valueOf(row.getString("outcome")));
    var rank = row.getObject("success_rank", Long.class);
    return new Participation(
        requestId(place),
        place.campaignId(),
        row.getString("user_id"),
        status,
        status.message(rank),
        rank,
        place.isInLog() ? place.partition() : null,
        place.isInLog() ? place.offset() : null,
        instant(row, "logged_at"),
        instant(row, "decided_at"));
  }

  private Participation failed(Place place, ResultSet row) throws SQLException {
    return new Participation(
        requestId(place),
        place.campaignId(),
        null,
        Status.FAILED,
        Status.FAILED.message(null),
        null,
        place.partition(),
        place.offset(),
        instant(row, "logged_at"),
        instant(row, "found_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
