package io.firstcome.api.alert;

import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs and campaigns as other parts of the product write them into the tables. */
final class BatchTables {
  final DataSource database;
  final JdbcClient jdbc;
  private long lastId;

  private BatchTables(DataSource database) {
    this.database = database;
    this.jdbc = JdbcClient.create(database);
  }

  /** A database of its own, with all tables. */
  static BatchTables create() {
    var tables = of(TestServers.get().newDatabase());
    Flyway.configure().dataSource(tables.database).load().migrate();
    return tables;
  }

  static BatchTables of(Database database) {
    return new BatchTables(
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
  }

  /** A run of the daily statistics; returns the id of the execution. */
  long run(@Nullable String date, String status) {
    return run("daily-statistics", date, status);
  }

  long run(String job, @Nullable String date, String status) {
    long instance = ++lastId;
    jdbc.sql("INSERT INTO BATCH_JOB_INSTANCE VALUES (?, 0, ?, ?)")
        .params(instance, job, "key-" + instance)
        .update();
    return execution(instance, date, status);
  }

  /** Another execution of the instance of this one. */
  long restart(long execution, String status) {
    long instance =
        jdbc.sql("SELECT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?")
            .param(execution)
            .query(Long.class)
            .single();
    return execution(instance, null, status);
  }

  // In one transaction, as Spring Batch does it: nobody sees an execution without its parameters.
  private long execution(long instance, @Nullable String date, String status) {
    long id = ++lastId;
    new TransactionTemplate(new JdbcTransactionManager(database))
        .executeWithoutResult(_ -> insert(id, instance, date, status));
    return id;
  }

  private void insert(long id, long instance, @Nullable String date, String status) {
    jdbc.sql(
            """
            INSERT INTO BATCH_JOB_EXECUTION
              (JOB_EXECUTION_ID, JOB_INSTANCE_ID, CREATE_TIME, STATUS, EXIT_CODE, EXIT_MESSAGE)
            VALUES (?, ?, UTC_TIMESTAMP(6), ?, ?, 'java.lang.X: <a> & b')
            """)
        .params(id, instance, status, status)
        .update();
    if (date != null) {
      jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (?, 'date', 'String', ?, 'Y')")
          .params(id, date)
          .update();
    }
  }

  void status(long execution, String status) {
    jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = ? WHERE JOB_EXECUTION_ID = ?")
        .params(status, execution)
        .update();
  }

  /** Makes the run one of some days ago. */
  void created(long execution, int daysAgo) {
    jdbc.sql(
            """
            UPDATE BATCH_JOB_EXECUTION SET CREATE_TIME = UTC_TIMESTAMP(6) - INTERVAL ? DAY
             WHERE JOB_EXECUTION_ID = ?
            """)
        .params(daysAgo, execution)
        .update();
  }

  /** A campaign that was made three days ago. */
  long campaign(String name) {
    jdbc.sql("INSERT INTO topic (name, uuid, partitions) VALUES (?, ?, 1)")
        .params(name, name)
        .update();
    jdbc.sql(
            """
            INSERT INTO campaign (name, display_name, kind, total_stock, remaining, repeatable,
                                  sold_out, mode, topic_id, created_at)
            SELECT name, name, 'FIRST_COME', 1, 1, FALSE, 'RECORD', 'ACTIVE', id,
                   UTC_TIMESTAMP(6) - INTERVAL 3 DAY
              FROM topic WHERE name = ?
            """)
        .param(name)
        .update();
    return jdbc.sql("SELECT id FROM campaign WHERE name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  /** The campaign has decisions of that day that nobody has aggregated. */
  void pending(long campaign, LocalDate day, int sinceMinutesAgo) {
    jdbc.sql(
            """
            INSERT INTO stats_pending (campaign_id, stat_date, changes, since)
            VALUES (?, ?, 1, UTC_TIMESTAMP(6) - INTERVAL ? MINUTE)
            """)
        .params(campaign, day, sinceMinutesAgo)
        .update();
  }

  void aggregated(long campaign, int minutesAgo) {
    jdbc.sql("INSERT INTO stats_aggregation VALUES (?, UTC_TIMESTAMP(6) - INTERVAL ? MINUTE)")
        .params(campaign, minutesAgo)
        .update();
  }

  List<String> problems() {
    return jdbc.sql("SELECT problem FROM alert ORDER BY id").query(String.class).list();
  }

  Map<String, Object> delivery(String channel) {
    return jdbc.sql("SELECT * FROM alert_delivery WHERE channel = ?")
        .param(channel)
        .query()
        .singleRow();
  }

  long deliveries(String channel, String state) {
    return jdbc.sql("SELECT COUNT(*) FROM alert_delivery WHERE channel = ? AND state = ?")
        .params(channel, state)
        .query(Long.class)
        .single();
  }

  /** As if all messages so far had been sent an hour ago. */
  void anHourPasses() {
    jdbc.sql("UPDATE alert_attempt SET at = at - INTERVAL 1 HOUR").update();
  }
}
