package io.firstcome.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.core.lock.DatabaseLock;
import io.firstcome.testing.ApiClient;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class BatchIT {
  private static final String AGGREGATE = "/api/admin/batch/aggregate";
  private static final String STATUS = "/api/admin/batch/status/";
  private static final String HISTORY = "/api/admin/batch/history";
  private static final ApiServer SERVER = ApiServer.start("tests.batch-launcher=true");

  private final ApiClient api = SERVER.admin();
  private final JdbcClient database = SERVER.database();
  private final LauncherForTests launcher = SERVER.bean(LauncherForTests.class);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void noRuns() {
    launcher.started.clear();
    launcher.atWork = null;
    for (var table : List.of("STEP_EXECUTION", "JOB_EXECUTION_PARAMS", "JOB_EXECUTION")) {
      database.sql("DELETE FROM BATCH_" + table).update();
    }
    database.sql("DELETE FROM BATCH_JOB_INSTANCE").update();
    database.sql("DELETE FROM audit_log").update();
  }

  @Test
  void startsARunAndNotesWhoDidIt() {
    var answer = api.post(AGGREGATE + "?date=2025-12-28");

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"jobExecutionId\":101,\"status\":\"STARTED\"}");
    assertThat(answer.header("Location")).contains(STATUS + "101");
    assertThat(launcher.started).containsExactly(LocalDate.parse("2025-12-28"));
    var entry = api.get("/api/admin/audit-log").json().get(0);
    assertThat(entry.get("action").asString()).isEqualTo("BATCH_AGGREGATION_STARTED");
    assertThat(entry.get("actor").asString()).isEqualTo("admin");
    assertThat(entry.get("details").get("date").asString()).isEqualTo("2025-12-28");
    assertThat(entry.get("details").get("jobExecutionId").asLong()).isEqualTo(101);
  }

  @Test
  void startsARunForYesterdayInThePlatformsZone() {
    var zone = ZoneId.of("Asia/Seoul");
    var before = LocalDate.now(zone).minusDays(1);
    assertThat(api.post(AGGREGATE).status()).isEqualTo(202);
    assertThat(launcher.started.getFirst()).isBetween(before, LocalDate.now(zone).minusDays(1));
  }

  @Test
  void refusesASecondRunAndNamesTheFirst() {
    launcher.atWork = 77L;

    var answer = api.post(AGGREGATE + "?date=2025-12-28");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("BATCH_RUNNING");
    assertThat(answer.json().get("jobExecutionId").asLong()).isEqualTo(77);
    assertThat(api.get("/api/admin/audit-log").json().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2025-02-30", "28.12.2025", "2025-12-28T00:00:00Z"})
  void refusesWhatIsNoDate(String date) {
    var answer = api.post(AGGREGATE + "?date=" + date);
    assertThat(answer.code()).as(answer.body()).isEqualTo("REQUEST_MALFORMED");
    assertThat(answer.json().get("field").asString()).isEqualTo("date");
    assertThat(launcher.started).isEmpty();
  }

  @Test
  void refusesADayThatHasBegunNowhere() {
    var tomorrow = LocalDate.now(ZoneOffset.ofHours(14)).plusDays(1);
    assertThat(api.post(AGGREGATE + "?date=" + tomorrow).code()).isEqualTo("REQUEST_MALFORMED");
    assertThat(launcher.started).isEmpty();
  }

  @Test
  void saysSoWhereNoJobsRun() {
    var answer = ApiServer.shared().admin().post(AGGREGATE + "?date=2025-12-28");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(answer.json().get("detail").asString()).contains("does not run jobs");
  }

  @Test
  void showsARunWithItsSteps() {
    run(5, "daily-statistics", "COMPLETED", "2025-12-29 02:00:00", "2025-12-29 02:00:01.25");
    parameter(5, "date", "2025-12-28");
    parameter(5, "campaign", "sale");
    parameter(5, "run", "3");
    step(9, 5, "aggregate", "2025-12-29 02:00:01.2");
    step(8, 5, "plan", "2025-12-29 02:00:00.2");

    var answer = api.get(STATUS + "5");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"jobExecutionId":5,"jobName":"daily-statistics","status":"COMPLETED",\
            "date":"2025-12-28","campaign":"sale","startTime":"2025-12-29T02:00:00Z",\
            "endTime":"2025-12-29T02:00:01.250Z","durationMs":1250,"exitCode":"COMPLETED",\
            "exitMessage":null,"steps":[\
            {"name":"plan","status":"COMPLETED","readCount":20,"writeCount":19,"skipCount":7,\
            "startTime":"2025-12-29T02:00:00Z","endTime":"2025-12-29T02:00:00.200Z"},\
            {"name":"aggregate","status":"COMPLETED","readCount":20,"writeCount":19,"skipCount":7,\
            "startTime":"2025-12-29T02:00:00Z","endTime":"2025-12-29T02:00:01.200Z"}]}\
            """);
  }

  @Test
  void showsNoStackTrace() {
    run(6, "audit", "FAILED", "2025-12-29 02:00:00", "2025-12-29 02:00:01");
    database
        .sql("UPDATE BATCH_JOB_EXECUTION SET EXIT_MESSAGE = :message")
        .param("message", "org.x.BadSql: SELECT secret\n\tat org.x.Job.run(Job.java:1)")
        .update();
    assertThat(api.get(STATUS + "6").body())
        .contains("the log of the job says why")
        .contains("\"date\":null")
        .doesNotContain("secret", "org.x");
  }

  @Test
  void doesNotKnowARunThatNeverWas() {
    assertThat(api.get(STATUS + "999").status()).isEqualTo(404);
    assertThat(api.get(STATUS + "999").code()).isEqualTo("BATCH_RUN_NOT_FOUND");
    var malformed = api.get(STATUS + "latest");
    assertThat(malformed.code()).isEqualTo("REQUEST_MALFORMED");
    assertThat(malformed.json().get("field").asString()).isEqualTo("jobExecutionId");
  }

  @Test
  void aRunIsAtWorkWhileItsJobIsLocked() throws Exception {
    run(10, "daily-statistics", "STARTED", "2025-12-29 02:00:00", null);
    run(11, "daily-statistics", "STARTED", "2025-12-29 03:00:00", null);
    run(12, "audit", "STARTING", null, null);

    try (var _ = lock("batch.daily-statistics")) {
      assertThat(status(11)).isEqualTo("STARTED");
      assertThat(status(10)).as("the lock belongs to the newer one").isEqualTo("UNKNOWN");
      assertThat(status(12)).as("another job's lock").isEqualTo("UNKNOWN");
      assertThat(statuses("?job=daily-statistics")).containsExactly("STARTED", "UNKNOWN");
    }

    assertThat(status(11)).isEqualTo("UNKNOWN");
    assertThat(api.get(STATUS + "11").json().get("exitMessage").asString())
        .isEqualTo("The process that ran it is gone; the next start recovers it.");
    assertThat(statuses("")).containsExactly("UNKNOWN", "UNKNOWN", "UNKNOWN");
  }

  @Test
  void listsNewestFirstInPages() {
    for (int i = 1; i <= 5; i++) {
      var job = i == 3 ? "audit" : "daily-statistics";
      run(i, job, "COMPLETED", "2025-12-29 02:00:00", "2025-12-29 02:00:01");
      step(i, i, "aggregate", "2025-12-29 02:00:01");
    }

    var first = api.get(HISTORY + "?size=2");
    assertThat(first.header("X-Total-Count")).contains("5");
    assertThat(ids("?size=2")).containsExactly(5L, 4L);
    assertThat(ids("?size=2&page=2")).containsExactly(1L);
    assertThat(ids("")).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(ids("?job=daily-statistics")).containsExactly(5L, 4L, 2L, 1L);
    assertThat(ids("?job=nothing")).isEmpty();
    assertThat(api.get(HISTORY + "?job=audit").header("X-Total-Count")).contains("1");
    assertThat(first.json().get(0).get("steps").get(0).get("name").asString())
        .isEqualTo("aggregate");
    assertThat(api.get(HISTORY + "?size=0").code()).isEqualTo("REQUEST_MALFORMED");
  }

  private DatabaseLock lock(String name) throws Exception {
    return DatabaseLock.take(SERVER.bean(DataSource.class), name, Duration.ZERO).orElseThrow();
  }

  private String status(long id) {
    return api.get(STATUS + id).json().get("status").asString();
  }

  private List<String> statuses(String query) {
    return StreamSupport.stream(api.get(HISTORY + query).json().spliterator(), false)
        .map(run -> run.get("status").asString())
        .toList();
  }

  private List<Long> ids(String query) {
    return StreamSupport.stream(api.get(HISTORY + query).json().spliterator(), false)
        .map(run -> run.get("jobExecutionId").asLong())
        .toList();
  }

  private void run(
      long id, String job, String status, @Nullable String start, @Nullable String end) {
    database
        .sql("INSERT INTO BATCH_JOB_INSTANCE VALUES (:id, 0, :job, :key)")
        .param("id", id)
        .param("job", job)
        .param("key", "key-" + id)
        .update();
    database
        .sql(
            "INSERT INTO BATCH_JOB_EXECUTION VALUES (:id, 1, :id, '2025-12-29 01:59:59', :start,"
                + " :end, :status, :status, NULL, '2025-12-29 02:00:01')")
        .param("id", id)
        .param("start", start)
        .param("end", end)
        .param("status", status)
        .update();
  }

  private void parameter(long run, String name, String value) {
    database
        .sql(
            "INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (:run, :name, 'java.lang.String',"
                + " :value, 'Y')")
        .param("run", run)
        .param("name", name)
        .param("value", value)
        .update();
  }

  private void step(long id, long run, String name, String end) {
    database
        .sql(
            "INSERT INTO BATCH_STEP_EXECUTION VALUES (:id, 1, :name, :run, '2025-12-29 02:00:00',"
                + " '2025-12-29 02:00:00', :end, 'COMPLETED', 4, 20, 0, 19, 1, 2, 4, 0,"
                + " 'COMPLETED', '', '2025-12-29 02:00:01')")
        .param("id", id)
        .param("run", run)
        .param("name", name)
        .param("end", end)
        .update();
  }
}
