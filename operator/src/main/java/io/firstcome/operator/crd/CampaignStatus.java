package io.firstcome.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator has seen. What the fields mean stands in the resource's definition. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @Nullable Long campaignId,
    @Nullable Topic topic,
    @Nullable Consumer consumer,
    @Nullable Batch batch,
    @Nullable Stock stock,
    List<Condition> conditions) {

  /** Nothing has been seen yet. */
  public static final CampaignStatus NONE =
      new CampaignStatus(null, null, null, null, null, null, null, List.of());

  public CampaignStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The condition of this type. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(one -> one.type().equals(type)).findFirst();
  }

  /** Whether requests are taken. */
  public enum Phase {
    @JsonProperty("Pending")
    PENDING,
    @JsonProperty("Scheduled")
    SCHEDULED,
    @JsonProperty("Open")
    OPEN,
    @JsonProperty("Paused")
    PAUSED,
    @JsonProperty("Closed")
    CLOSED,
    @JsonProperty("Deleting")
    DELETING
  }

  /** Where requests go. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Topic(@Nullable String name, @Nullable String id, @Nullable Integer partitions) {}

  /** Who decides them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Consumer(
      @Nullable Integer replicas, @Nullable String ready, @Nullable String selector) {}

  /** The daily statistics. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Batch(
      @Nullable String cronJob,
      @Nullable String timeZone,
      @Nullable Instant lastScheduleTime,
      @Nullable Instant lastSuccessfulTime) {}

  /** Figures of the api. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stock(
      @Nullable Long total,
      @Nullable Long remaining,
      @Nullable Long succeeded,
      @Nullable Long failed,
      @Nullable Long lag,
      @Nullable Instant asOf) {

    /** Whether the figures are the same, whenever they were read. */
    public boolean saysTheSameAs(Stock other) {
      return withoutTime().equals(other.withoutTime());
    }

    private Stock withoutTime() {
      return new Stock(total, remaining, succeeded, failed, lag, null);
    }
  }

  /** Whether a part is as the spec says. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Condition(
      String type,
      String status,
      String reason,
      String message,
      Instant lastTransitionTime,
      @Nullable Long observedGeneration) {
    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";
  }
}
