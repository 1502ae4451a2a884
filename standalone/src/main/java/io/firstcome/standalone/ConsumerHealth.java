package io.firstcome.standalone;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Shows the health of the consumer as a part of the api's, because the consumer has no port of its
 * own here.
 */
final class ConsumerHealth
    implements HealthIndicator, ApplicationContextInitializer<GenericApplicationContext> {
  private static final String NAME = "consumer";

  private volatile @Nullable ApplicationContext consumer;

  @Override
  public void initialize(GenericApplicationContext api) {
    api.registerBean(NAME, HealthIndicator.class, () -> this);
  }

  void consumerStarted(ApplicationContext context) {
    consumer = context;
  }

  @Override
  public Health health() {
    var context = consumer;
    if (context == null) {
      return Health.outOfService().withDetail("reason", "the consumer is starting").build();
    }
    if (!context.containsBean(NAME)) {
      return Health.unknown().withDetail("reason", "the consumer does not tell").build();
    }
    var health = context.getBean(NAME, HealthIndicator.class).health();
    return health == null ? Health.unknown().build() : health;
  }
}
