package io.firstcome.api.replay;

import io.firstcome.replay.CampaignReplay;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {
  @Bean
  CampaignReplay campaignReplay(DataSource database, KafkaAdmin kafka) {
    return new CampaignReplay(database, kafka.getConfigurationProperties());
  }
}
