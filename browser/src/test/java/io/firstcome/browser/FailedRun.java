package io.firstcome.browser;

import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A daily run that has failed, as the batch framework would have left it. Gone when closed. */
final class FailedRun implements AutoCloseable {
  private final JdbcClient jdbc = Storage.jdbc();
  private final long id;
  private final long instance;

  FailedRun(LocalDate date, String reason) {
    instance = next("BATCH_JOB_INSTANCE_SEQ");
    id = next("BATCH_JOB_EXECUTION_SEQ");
    jdbc.sql("INSERT INTO BATCH_JOB_INSTANCE VALUES (:id, 0, 'daily-statistics', :key)")
        .param("id", instance)
        .param("key", UUID.randomUUID().toString().replace("-", ""))
        .update();
    jdbc.sql(
            """
            INSERT INTO BATCH_JOB_EXECUTION VALUES (:id, 1, :instance, UTC_TIMESTAMP(6),
              UTC_TIMESTAMP(6) - INTERVAL 2 SECOND, UTC_TIMESTAMP(6), 'FAILED', 'FAILED', :reason,
              UTC_TIMESTAMP(6))
            """)
        .param("id", id)
        .param("instance", instance)
        .param("reason", reason)
        .update();
    jdbc.sql(
            """
            INSERT INTO BATCH_JOB_EXECUTION_PARAMS
            VALUES (:id, 'date', 'java.time.LocalDate', :date, 'Y')
            """)
        .param("id", id)
        .param("date", date.toString())
        .update();
  }

  /** Of the execution. */
  long id() {
    return id;
  }

  private long next(String sequence) {
    jdbc.sql("UPDATE " + sequence + " SET ID = ID + 1").update();
    return jdbc.sql("SELECT ID FROM " + sequence).query(Long.class).single();
  }

  @Override
  public void close() {
    var problem = "failed:" + id;
    // First the run, so that no new alert is raised for it.
    delete("BATCH_JOB_EXECUTION_PARAMS WHERE JOB_EXECUTION_ID = :key", id);
    delete("BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = :key", id);
    delete("BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID = :key", instance);
    delete("alert_delivery WHERE alert_id IN (SELECT id FROM alert WHERE problem = :key)", problem);
    delete("alert WHERE problem = :key", problem);
  }

  private void delete(String from, Object key) {
    jdbc.sql("DELETE FROM " + from).param("key", key).update();
  }
}
