package io.firstcome.bench.baseline;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The HTTP server of a baseline: the same Spring Boot, the same Tomcat and the same virtual threads
 * as the product's, without anything that the product's has besides.
 */
final class BaselineApplication {
  private BaselineApplication() {}

  /** L1: the server with nothing behind it. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(EmptyDoor.class)
  static class EmptyServer {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({SyncDoor.class, Pool.class})
  static class SyncServer {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({RecordDoor.class, Pool.class})
  static class RecordServer {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({RedisDoor.class, Pool.class})
  static class RedisServer {}

  /** The class of a variant's application. */
  static Class<?> of(String variant) {
    return switch (variant) {
      case "empty" -> EmptyServer.class;
      case "sync" -> SyncServer.class;
      case "record" -> RecordServer.class;
      case "redis" -> RedisServer.class;
      default -> throw new IllegalArgumentException("no such variant: " + variant);
    };
  }
}
