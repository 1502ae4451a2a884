package io.firstcome.slice;

import io.firstcome.core.place.RequestIds;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Our web and security configuration with controllers made for tests. */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      HibernateJpaAutoConfiguration.class,
      DataJpaRepositoriesAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      KafkaAutoConfiguration.class
    })
@ComponentScan({
  "io.firstcome.api.json",
  "io.firstcome.api.problem",
  "io.firstcome.api.limits",
  "io.firstcome.api.security",
  "io.firstcome.api.openapi"
})
@Import({SliceController.class, SliceAdminController.class})
public class WebSlice {
  /** The bcrypt form of {@link #ADMIN_PASSWORD}. */
  public static final String ADMIN_HASH =
      "{bcrypt}$2a$04$XQJCMgL7XAbeYDmXAehILu2QPLitddD.aMKymK6581a/4gjeUeO3C";

  public static final String ADMIN_PASSWORD = "correct horse";

  public static final String CONFIG = "spring.config.name=firstcome-api";
  public static final String ACTUATOR_PORT = "management.server.port=0";
  public static final String HASH = "firstcome.admin.password-hash=" + ADMIN_HASH;

  /** The key of the request ids also signs the cookie of administrators. */
  @Bean
  RequestIds requestIds() {
    return new RequestIds(Map.of(1, new byte[32]), 1);
  }
}
