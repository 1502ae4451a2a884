package io.firstcome.operator;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the operator. Its settings are in {@code firstcome-operator.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OperatorApplication {

  /** The application before it is run. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(OperatorApplication.class)
        .properties("spring.config.name=firstcome-operator");
  }

  public static void main(String[] args) {
    builder().run(args);
  }
}
