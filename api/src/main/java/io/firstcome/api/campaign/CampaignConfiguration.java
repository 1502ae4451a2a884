package io.firstcome.api.campaign;

import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  TopicSettings.class,
  LaneSettings.class,
  RemovalSettings.class,
  TimeZoneSettings.class
})
class CampaignConfiguration {
  /** A read that takes longer is of no use to a door that gives up waiting before. */
  private static final int QUERY_TIMEOUT_SECONDS = 5;

  /** The one client for everything but records: topics, and where the log ends. */
  @Bean
  Admin kafkaAdminClient(KafkaAdmin kafka) {
    return Admin.create(kafka.getConfigurationProperties());
  }

  @Bean
  CampaignDirectory campaignDirectory(DataSource database) {
    var template = new JdbcTemplate(database);
    template.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
    return new CampaignDirectory(
        new JdbcCampaignSource(JdbcClient.create(template)), System::nanoTime);
  }
}
