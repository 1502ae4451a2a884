package io.firstcome.api.alert;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the api, for operators who have switched on no other channel. */
final class LogChannel implements AlertChannel {
  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void send(AlertMessage message) {
    log.warn("{}", message.text());
  }
}
