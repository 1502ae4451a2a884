package io.firstcome.api.participation;

import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.place.Place;
import io.firstcome.core.rule.Request;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * Appends requests to the log. An append has succeeded when all in-sync replicas have acknowledged
 * it, not before. One idempotent producer serves the whole process.
 */
@Component
public class RequestLog {
  /**
   * Requests between here and the acknowledgement; beyond this number the answer is 503 at once.
   * The producer's buffer has room for them on some 2,000 partitions at a time, so that sending
   * waits for nothing but the partitions of a topic that is new to this process.
   */
  static final int IN_FLIGHT_MAX = 10_000;

  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  // The producer gives up by itself before; this only guards against a producer that does not.
  private static final Duration ACKNOWLEDGEMENT_MAX = Duration.ofSeconds(15);

  // From 1,000 requests a second on they go to the broker together, as linger.ms says: a call of
  // the broker costs both sides far more than one more record in it (docs/adr/0018).
  private static final int RUSH_REQUESTS = 10;
  private static final Duration RUSH_TIME = Duration.ofMillis(10);

  private final TopicIdentity topics;
  private final Producer<byte[], byte[]> producer;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
  private final Rush rush = new Rush(RUSH_REQUESTS, RUSH_TIME);

  RequestLog(ProducerFactory<?, ?> kafka, TopicIdentity topics) {
    this.topics = topics;
    var properties = new HashMap<>(kafka.getConfigurationProperties());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    // The 202 rests on these two.
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer = new KafkaProducer<>(properties);
  }

  /** A request that has its place, at the time that the log gave it. */
  public record Appended(Place place, Instant at) {}

  /**
   * Appends a request; the future fails with {@link ProblemException} {@code LOG_UNAVAILABLE} if it
   * is not acknowledged in time.
   *
   * @throws ProblemException {@code LOG_UNAVAILABLE} at once if too many are on their way, or if
   *     the topic was deleted and made again
   */
  public CompletableFuture<Appended> append(CachedCampaign campaign, Request request) {
    topics.check(campaign);
    var value = new RequestMessage(campaign.id(), request).encode();
    // On a lane the campaign is the key and has its fixed partition; else one user stays in order.
    var key = campaign.lane() == null ? request.userId() : Long.toString(campaign.id());
    var topic = new Topic(campaign.topicId(), campaign.topicName(), campaign.lanePart());
    return append(topic, campaign.id(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  /**
   * A topic to append to.
   *
   * @param partition null lets the key decide
   */
  public record Topic(int id, String name, @Nullable Integer partition) {}

  /** Appends bytes as they are; otherwise as the other {@code append}. */
  public CompletableFuture<Appended> append(
      Topic topic, long campaignId, byte @Nullable [] key, byte[] value) {
    if (!inFlight.tryAcquire()) {
      throw new ProblemException(
              ErrorCode.LOG_UNAVAILABLE,
              "Too many requests are waiting for the log. This one was not taken: send it again.")
          .retryAfter(RETRY_AFTER);
    }
    var appended = new CompletableFuture<Appended>();
    try {
      // The callback tells all that the returned future would.
      var _ =
          producer.send(
              new ProducerRecord<>(topic.name(), topic.partition(), key, value),
              (metadata, e) -> {
                inFlight.release();
                if (e != null || !metadata.hasOffset()) {
                  log.warn("Not acknowledged by {}: {}", topic.name(), String.valueOf(e));
                  appended.completeExceptionally(unavailable(e));
                } else {
                  var place =
                      new Place(campaignId, topic.id(), metadata.partition(), metadata.offset());
                  appended.complete(
                      new Appended(place, Instant.ofEpochMilli(metadata.timestamp())));
                }
              });
      if (!rush.note(System.nanoTime())) {
        // Nothing lingers. Not on this thread, because a flush waits for all partitions.
        Thread.ofVirtual().name("log-flush").start(producer::flush);
      }
    } catch (KafkaException | IllegalStateException e) {
      inFlight.release();
      log.warn("Not sent to {}: {}", topic.name(), e.toString());
      appended.completeExceptionally(unavailable(e));
    }
    return appended;
  }

  /**
   * Waits for an append, on a virtual thread.
   *
   * @throws ProblemException as the future
   */
  public static Appended await(CompletableFuture<Appended> append) {
    try {
      return append.get(ACKNOWLEDGEMENT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProblemException problem ? problem : unavailable(e);
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static ProblemException unavailable(@Nullable Exception cause) {
    return new ProblemException(
            ErrorCode.LOG_UNAVAILABLE,
            "The log has not acknowledged the request in time, so it is unknown whether it was"
                + " taken. Sending it again with the same Idempotency-Key is safe: it counts once.",
            cause)
        .retryAfter(RETRY_AFTER);
  }

  @PreDestroy
  void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
