package io.firstcome.batch;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.transaction.annotation.Isolation;

/**
 * The jobs. Its settings are in {@code firstcome-batch.yml}. As a process it runs one job and ends;
 * in one process with others {@link io.firstcome.batch.run.JobRuns} is what to ask for.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableBatchProcessing
// The type of the database is said here, so that the application also starts while it is away. Who
// creates runs has the job's lock, so nothing stricter is needed against another one.
@EnableJdbcJobRepository(databaseType = "MYSQL", isolationLevelForCreate = Isolation.READ_COMMITTED)
public class BatchApplication {

  /** The application before it is run, for those who run several in one process. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(BatchApplication.class)
        .web(WebApplicationType.NONE)
        .properties("spring.config.name=firstcome-batch");
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(System.out).run(args));
  }
}
