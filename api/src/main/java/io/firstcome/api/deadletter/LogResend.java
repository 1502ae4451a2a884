package io.firstcome.api.deadletter;

import io.firstcome.api.participation.RequestLog;
import io.firstcome.core.place.Place;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Through the same producer as every request. */
@Component
final class LogResend implements Resend {
  private final RequestLog log;

  LogResend(RequestLog log) {
    this.log = log;
  }

  @Override
  public Place resend(Target target, byte @Nullable [] key, byte[] payload) {
    var topic = new RequestLog.Topic(target.topicId(), target.topicName(), target.partition());
    return RequestLog.await(log.append(topic, target.campaignId(), key, payload)).place();
  }
}
