package io.firstcome.api.cluster;

import io.firstcome.api.campaign.CampaignChange;
import io.firstcome.api.campaign.CampaignChange.End;
import io.firstcome.api.campaign.NewCampaign;
import io.firstcome.api.campaign.TopicSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes campaigns and changes as the spec of a Campaign resource.
 *
 * @param namespace of new resources
 * @param platformZone the operator has the same, so it need not be said
 * @param topics how own topics are made; a resource that does not say has one copy of its topic
 */
record CampaignSpecs(String namespace, ZoneId platformZone, TopicSettings topics) {
  Map<String, Object> spec(NewCampaign wanted) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("displayName", wanted.displayName());
    spec.put("stock", wanted.totalStock());
    putIfSet(spec, "opensAt", wanted.window().opensAt());
    putIfSet(spec, "closesAt", wanted.window().closesAt());
    spec.put("repeatable", wanted.repeatable());
    spec.put("soldOut", wanted.soldOut().text());
    if (wanted.lane() != null) {
      spec.put("lane", wanted.lane());
    } else {
      putTopic(spec, wanted.partitions());
    }
    if (!wanted.timeZone().equals(platformZone)) {
      spec.put("batch", Map.of("timeZone", wanted.timeZone().getId()));
    }
    return spec;
  }

  private void putTopic(Map<String, Object> spec, int partitions) {
    var topic = new LinkedHashMap<String, Object>();
    if (partitions > 1) {
      topic.put("partitions", partitions);
    }
    if (topics.replicationFactor() > 1) {
      topic.put("replicationFactor", topics.replicationFactor());
    }
    if (!topic.isEmpty()) {
      spec.put("topic", topic);
    }
  }

  private static void putIfSet(Map<String, Object> spec, String field, @Nullable Instant at) {
    if (at != null) {
      spec.put(field, at.toString());
    }
  }

  /** A merge patch: what is not in it stays, and null takes a field away. */
  static Map<String, @Nullable Object> patch(CampaignChange change) {
    var spec = new LinkedHashMap<String, @Nullable Object>();
    if (change.displayName() != null) {
      spec.put("displayName", change.displayName());
    }
    if (change.totalStock() != null) {
      spec.put("stock", change.totalStock());
    }
    putEnd(spec, "opensAt", change.opensAt());
    putEnd(spec, "closesAt", change.closesAt());
    if (change.repeatable() != null) {
      spec.put("repeatable", change.repeatable());
    }
    if (change.soldOut() != null) {
      spec.put("soldOut", change.soldOut().text());
    }
    if (change.partitions() != null) {
      spec.put("topic", Map.of("partitions", change.partitions()));
    }
    return spec;
  }

  private static void putEnd(Map<String, @Nullable Object> spec, String field, @Nullable End end) {
    if (end != null) {
      var at = end.at();
      spec.put(field, at == null ? null : at.toString());
    }
  }
}
