package io.firstcome.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.firstcome.core.log.TopicName;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the campaign shall be. What the fields mean stands in the resource's definition.
 *
 * @param unreadable why nothing else in here is true; null for a spec that could be read. Not a
 *     field of the resource
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignSpec(
    @Nullable String displayName,
    long stock,
    @Nullable Instant opensAt,
    @Nullable Instant closesAt,
    boolean repeatable,
    SoldOut soldOut,
    boolean paused,
    @Nullable Topic topic,
    @Nullable Consumer consumer,
    @Nullable String lane,
    Batch batch,
    @Nullable String unreadable) {

  private static final String DAILY_SCHEDULE = "0 2 * * *";
  private static final Batch DAILY = new Batch(DAILY_SCHEDULE, null, false);

  public CampaignSpec {
    soldOut = Objects.requireNonNullElse(soldOut, SoldOut.RECORD);
    batch = Objects.requireNonNullElse(batch, DAILY);
  }

  static CampaignSpec unreadable(String why) {
    return new CampaignSpec(
        null, 0, null, null, false, SoldOut.RECORD, false, null, null, null, DAILY, why);
  }

  /** The campaign's own topic, or what it is if nothing is said; not asked for a lane. */
  @JsonIgnore
  public Topic ownTopic() {
    return topic != null ? topic : new Topic(null, 1, 1, DeletionPolicy.RETAIN, Map.of());
  }

  /** The consumers, or what they are if nothing is said; not asked for a lane. */
  @JsonIgnore
  public Consumer ownConsumer() {
    return consumer != null ? consumer : new Consumer(1, false, null);
  }

  /** The name of the own topic of a campaign of this name. */
  public String topicName(String campaign) {
    var chosen = ownTopic().name();
    return chosen != null ? chosen : TopicName.ofCampaign(campaign);
  }

  /** Whether topic and history go with the resource. */
  @JsonIgnore
  public boolean deletesTopic() {
    return lane == null && ownTopic().deletionPolicy() == DeletionPolicy.DELETE;
  }

  /** What happens to requests when nothing is left. */
  public enum SoldOut {
    @JsonProperty("Record")
    RECORD,
    @JsonProperty("Refuse")
    REFUSE
  }

  /** What happens to the topic when the resource is deleted. */
  public enum DeletionPolicy {
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("Delete")
    DELETE
  }

  /** The campaign's own topic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Topic(
      @Nullable String name,
      @Nullable Integer partitions,
      @Nullable Integer replicationFactor,
      DeletionPolicy deletionPolicy,
      Map<String, String> config) {
    public Topic {
      partitions = Objects.requireNonNullElse(partitions, 1);
      replicationFactor = Objects.requireNonNullElse(replicationFactor, 1);
      deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.RETAIN);
      config = config == null ? Map.of() : Map.copyOf(config);
    }
  }

  /** Who decides the requests of the own topic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Consumer(
      @Nullable Integer replicas, boolean allowIdle, @Nullable Resources resources) {
    public Consumer {
      replicas = Objects.requireNonNullElse(replicas, 1);
    }
  }

  /** What a container asks for and may use, as Kubernetes writes quantities. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Resources(Map<String, String> requests, Map<String, String> limits) {
    public Resources {
      requests = requests == null ? Map.of() : Map.copyOf(requests);
      limits = limits == null ? Map.of() : Map.copyOf(limits);
    }
  }

  /** When the statistics are made. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Batch(String schedule, @Nullable String timeZone, boolean suspend) {
    public Batch {
      schedule = Objects.requireNonNullElse(schedule, DAILY_SCHEDULE);
    }
  }
}
