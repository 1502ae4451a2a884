package io.firstcome.api.campaign;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A topic that requests are appended to, of one campaign or of a lane. */
@Entity
@Table(name = "topic")
class TopicEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Integer id;

  @Column(updatable = false)
  private String name;

  @Column(updatable = false)
  private String uuid;

  @Column(updatable = false)
  private @Nullable String lane;

  @Column(updatable = false)
  private int partitions;

  @SuppressWarnings("NullAway.Init") // The persistence provider sets the fields.
  protected TopicEntity() {}

  TopicEntity(ProvidedTopic topic, @Nullable String lane) {
    this.name = topic.name();
    this.uuid = topic.uuid();
    this.lane = lane;
    this.partitions = topic.partitions();
  }

  int id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  String name() {
    return name;
  }

  /** Kafka's own id of the topic. */
  String uuid() {
    return uuid;
  }

  @Nullable String lane() {
    return lane;
  }

  int partitions() {
    return partitions;
  }
}
