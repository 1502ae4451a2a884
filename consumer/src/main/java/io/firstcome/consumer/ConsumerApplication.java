package io.firstcome.consumer;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the consumer. Its settings are in {@code firstcome-consumer.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConsumerApplication {

  /** The application before it is run, for those who run several in one process. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(ConsumerApplication.class)
        .properties("spring.config.name=firstcome-consumer");
  }

  public static void main(String[] args) {
    builder().run(args);
  }
}
