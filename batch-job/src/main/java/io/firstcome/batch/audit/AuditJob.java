package io.firstcome.batch.audit;

import io.firstcome.batch.run.BatchJob;
import io.firstcome.batch.run.PlainMessages;
import io.firstcome.replay.CampaignReplay;
import javax.sql.DataSource;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The job {@value #NAME}. */
@Configuration(proxyBeanMethods = false)
class AuditJob {
  static final String NAME = "audit";

  @Bean
  Audits audits(DataSource database, JdbcClient jdbc, KafkaProperties kafka) {
    return new Audits(new CampaignReplay(database, kafka.buildAdminProperties()), jdbc);
  }

  @Bean
  BatchJob audit(JobRepository repository, Audits audits) {
    var step =
        new StepBuilder("campaigns", repository)
            .listener(audits)
            // It only reads.
            .tasklet(
                (contribution, _) -> audits.work(contribution),
                new ResourcelessTransactionManager())
            .allowStartIfComplete(true)
            .build();
    var job = new JobBuilder(NAME, repository).listener(new PlainMessages()).start(step).build();
    return new BatchJob(job, false, true);
  }
}
