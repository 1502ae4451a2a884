package io.firstcome.api.status;

import io.firstcome.api.campaign.CachedCampaign;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where the log ends now. */
@Component
final class LogEnds {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(LogEnds.class);

  private final Admin admin;

  LogEnds(Admin admin) {
    this.admin = admin;
  }

  /** The end offsets of the partitions that take this campaign's requests; empty if unknown. */
  Optional<Map<Integer, Long>> of(CachedCampaign campaign) {
    var lanePart = campaign.lanePart();
    var parts =
        lanePart == null ? IntStream.range(0, campaign.partitions()) : IntStream.of(lanePart);
    var wanted =
        parts
            .mapToObj(part -> new TopicPartition(campaign.topicName(), part))
            .collect(Collectors.toMap(part -> part, part -> OffsetSpec.latest()));
    try {
      var ends = admin.listOffsets(wanted).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(
          ends.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      end -> end.getKey().partition(), end -> end.getValue().offset())));
    } catch (ExecutionException | TimeoutException e) {
      log.debug("The end of {} is unknown for now", campaign.topicName(), e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
