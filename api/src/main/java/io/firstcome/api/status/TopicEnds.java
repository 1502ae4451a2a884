package io.firstcome.api.status;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where the log ends now. */
@Component
public final class TopicEnds {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(TopicEnds.class);

  private final Admin admin;

  TopicEnds(Admin admin) {
    this.admin = admin;
  }

  /** A partition of a topic. */
  public record TopicPart(String topic, int partition) {}

  /**
   * The offsets that the next requests will get, of those partitions that the log tells within two
   * seconds.
   */
  public Map<TopicPart, Long> of(Collection<TopicPart> parts) {
    var asked =
        admin.listOffsets(
            parts.stream()
                .collect(
                    Collectors.toMap(
                        part -> new TopicPartition(part.topic(), part.partition()),
                        _ -> OffsetSpec.latest())));
    long end = System.nanoTime() + PATIENCE.toNanos();
    var ends = new HashMap<TopicPart, Long>();
    for (var part : parts) {
      try {
        var found =
            asked
                .partitionResult(new TopicPartition(part.topic(), part.partition()))
                .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        ends.put(part, found.offset());
      } catch (ExecutionException | TimeoutException e) {
        log.debug("The end of {} is unknown for now", part, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Map.of();
      }
    }
    return ends;
  }
}
