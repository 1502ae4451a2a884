package io.firstcome.operator;

import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was refused a short while ago, or done and may read otherwise, so that nobody is asked for
 * the same every few seconds. Forgotten when the process ends, which costs one question more.
 */
final class Refusals {
  private final Map<String, Map<Part, Refusal>> byUid = new ConcurrentHashMap<>();
  private final Map<String, Settings> settingsByUid = new ConcurrentHashMap<>();
  private final Map<Part, Duration> waits;

  /**
   * Keeps refusals as long as this.
   *
   * @param waits how long each part is not tried again; a change of the spec is tried at once
   */
  Refusals(Map<Part, Duration> waits) {
    this.waits = Map.copyOf(waits);
  }

  void note(Campaign campaign, Part part, Verdict verdict, Instant now) {
    var until = now.plus(Objects.requireNonNull(waits.get(part)));
    byUid
        .computeIfAbsent(campaign.getMetadata().getUid(), _ -> new ConcurrentHashMap<>())
        .put(part, new Refusal(generation(campaign), verdict, until));
  }

  /** The refusals that still stand. */
  Map<Part, Verdict> standing(Campaign campaign, Instant now) {
    var standing = new EnumMap<Part, Verdict>(Part.class);
    byUid
        .getOrDefault(campaign.getMetadata().getUid(), Map.of())
        .forEach((part, refusal) -> {
          if (refusal.generation() == generation(campaign) && now.isBefore(refusal.until())) {
            standing.put(part, refusal.verdict());
          }
        });
    return standing;
  }

  /** Kafka may describe what it has taken in other words than ours. */
  void noteSettings(Campaign campaign, Map<String, String> settings, Instant now) {
    var until = now.plus(Objects.requireNonNull(waits.get(Part.TOPIC)));
    settingsByUid.put(
        campaign.getMetadata().getUid(), new Settings(generation(campaign), settings, until));
  }

  /** The settings that were said to Kafka last, as long as they are not said again. */
  Map<String, String> settings(Campaign campaign, Instant now) {
    var last = settingsByUid.get(campaign.getMetadata().getUid());
    return last != null && last.generation() == generation(campaign) && now.isBefore(last.until())
        ? last.settings()
        : Map.of();
  }

  void forgetSettings(Campaign campaign) {
    settingsByUid.remove(campaign.getMetadata().getUid());
  }

  void forget(Campaign campaign) {
    byUid.remove(campaign.getMetadata().getUid());
    forgetSettings(campaign);
  }

  private static long generation(Campaign campaign) {
    return Objects.requireNonNullElse(campaign.getMetadata().getGeneration(), 0L);
  }

  private record Refusal(long generation, Verdict verdict, Instant until) {}

  private record Settings(long generation, Map<String, String> settings, Instant until) {}
}
