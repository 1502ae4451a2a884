package io.firstcome.api;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the api. Its settings are in {@code firstcome-api.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ApiApplication {

  /** The application before it is run, for those who run several in one process. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(ApiApplication.class)
        .properties("spring.config.name=firstcome-api");
  }

  public static void main(String[] args) {
    builder().run(args);
  }
}
