package io.firstcome.api.campaign;

import io.firstcome.core.campaign.CampaignMode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The row of a campaign as administration sees it. The stock columns are read only here: consumers
 * change them all the time, and a value that was read would overwrite theirs.
 */
@Entity
@Table(name = "campaign")
@DynamicUpdate
class CampaignEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @Column(updatable = false)
  private String name;

  private String displayName;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private CampaignKind kind;

  @Column(updatable = false)
  private long totalStock;

  @Column(updatable = false)
  private long remaining;

  @Column(updatable = false)
  private long failed;

  private @Nullable Instant opensAt;
  private @Nullable Instant closesAt;

  @Column(updatable = false)
  private String timeZone;

  private boolean repeatable;

  @Enumerated(EnumType.STRING)
  private SoldOut soldOut;

  @Enumerated(EnumType.STRING)
  private CampaignMode mode;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "topic_id", updatable = false)
  private TopicEntity topic;

  @SuppressWarnings("UnusedVariable") // The persistence provider reads it.
  private @Nullable Integer lanePart;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable String namespace;
  private boolean released;

  @SuppressWarnings("NullAway.Init") // The persistence provider sets the fields.
  protected CampaignEntity() {}

  CampaignEntity(String name, NewCampaign wanted, TopicEntity topic, Instant createdAt) {
    this.name = name;
    this.displayName = wanted.displayName();
    this.kind = wanted.kind();
    this.totalStock = wanted.totalStock();
    this.remaining = wanted.totalStock();
    this.opensAt = wanted.window().opensAt();
    this.closesAt = wanted.window().closesAt();
    this.timeZone = wanted.timeZone().getId();
    this.repeatable = wanted.repeatable();
    this.soldOut = wanted.soldOut();
    this.mode = CampaignMode.ACTIVE;
    this.topic = topic;
    this.createdAt = createdAt;
  }

  /** Spreads the campaigns of a lane over its partitions; each stays on one and so in order. */
  void takeLanePart() {
    lanePart = (int) (id() % topic.partitions());
  }

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  String name() {
    return name;
  }

  String displayName() {
    return displayName;
  }

  void displayName(String newDisplayName) {
    displayName = newDisplayName;
  }

  CampaignKind kind() {
    return kind;
  }

  long totalStock() {
    return totalStock;
  }

  long remaining() {
    return remaining;
  }

  /** Requests that were decided and got nothing. */
  long failed() {
    return failed;
  }

  @Nullable Instant opensAt() {
    return opensAt;
  }

  @Nullable Instant closesAt() {
    return closesAt;
  }

  void window(Window window) {
    opensAt = window.opensAt();
    closesAt = window.closesAt();
  }

  String timeZone() {
    return timeZone;
  }

  boolean repeatable() {
    return repeatable;
  }

  void repeatable(boolean newRepeatable) {
    repeatable = newRepeatable;
  }

  SoldOut soldOut() {
    return soldOut;
  }

  void soldOut(SoldOut newSoldOut) {
    soldOut = newSoldOut;
  }

  CampaignMode mode() {
    return mode;
  }

  void mode(CampaignMode newMode) {
    mode = newMode;
  }

  TopicEntity topic() {
    return topic;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Where the Campaign resource is or was; null for a campaign made without a cluster. */
  @Nullable String namespace() {
    return namespace;
  }

  void namespace(String newNamespace) {
    namespace = newNamespace;
  }

  /** Whether the resource is gone while the history is kept. */
  boolean released() {
    return released;
  }

  void released(boolean newReleased) {
    released = newReleased;
  }
}
