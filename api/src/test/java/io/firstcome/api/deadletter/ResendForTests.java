package io.firstcome.api.deadletter;

import io.firstcome.core.place.Place;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** A log that remembers what was appended, and fails on request. */
@Component
@Primary
class ResendForTests implements Resend {
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  record Sent(Target target, byte @Nullable [] key, byte[] payload) {}

  final List<Sent> sent = new CopyOnWriteArrayList<>();
  volatile @Nullable RuntimeException failure;

  @Override
  public Place resend(Target target, byte @Nullable [] key, byte[] payload) {
    if (failure != null) {
      throw failure;
    }
    sent.add(new Sent(target, key, payload));
    var partition = target.partition() == null ? 0 : target.partition();
    return new Place(target.campaignId(), target.topicId(), partition, 1000L + sent.size());
  }
}
