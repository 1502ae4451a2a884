package io.firstcome.api.campaign;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TopicSettings.class, LaneSettings.class, RemovalSettings.class})
class CampaignConfiguration {
  /** A read that takes longer is of no use to a door that gives up waiting before. */
  private static final int QUERY_TIMEOUT_SECONDS = 2;

  @Bean
  CampaignDirectory campaignDirectory(DataSource database) {
    var template = new JdbcTemplate(database);
    template.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
    return new CampaignDirectory(
        new JdbcCampaignSource(JdbcClient.create(template)), System::nanoTime);
  }
}
