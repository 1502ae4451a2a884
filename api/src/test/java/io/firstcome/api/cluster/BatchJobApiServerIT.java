package io.firstcome.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.firstcome.api.ApiServer;
import io.firstcome.core.lock.DatabaseLock;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs by hand as Jobs; the test plays what a node would do with them. */
class BatchJobApiServerIT {
  private static final String AGGREGATE = "/api/admin/batch/aggregate?date=2025-12-28";

  private static TestCluster cluster;
  private static ApiServer server;
  private static int rows;

  private final ApiClient api = server.admin();
  private final JdbcClient database = server.database();

  @BeforeAll
  static void start() {
    cluster = new TestCluster("batch");
    server = cluster.startApi("firstcome.cluster.batch-cron-job=firstcome-batch");
    cluster
        .kubernetes
        .resource(
            new CronJobBuilder()
                .withNewMetadata()
                .withNamespace("batch")
                .withName("firstcome-batch")
                .endMetadata()
                .withNewSpec()
                .withSchedule("0 2 * * *")
                .withSuspend(true)
                .withNewJobTemplate()
                .withNewMetadata()
                .addToLabels("app.kubernetes.io/name", "firstcome-batch")
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app.kubernetes.io/name", "firstcome-batch")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("batch")
                .withImage("firstcome/batch-job:1")
                .withArgs("--job=metadata-retention")
                .addNewEnv()
                .withName("SPRING_DATASOURCE_URL")
                .withValue("jdbc:mysql://x")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build())
        .create();
  }

  @AfterAll
  static void stop() {
    server.close();
    cluster.close();
  }

  @BeforeEach
  void noJobs() {
    var _ = cluster.kubernetes.batch().v1().jobs().inNamespace("batch").delete();
    Awaitility.await().until(() -> jobs().isEmpty());
    database.sql("DELETE FROM BATCH_JOB_EXECUTION_PARAMS").update();
    database.sql("DELETE FROM BATCH_JOB_EXECUTION").update();
    database.sql("DELETE FROM BATCH_JOB_INSTANCE").update();
  }

  private static List<Job> jobs() {
    return cluster.kubernetes.batch().v1().jobs().inNamespace("batch").list().getItems();
  }

  private CompletableFuture<Answer> asked() {
    return CompletableFuture.supplyAsync(
        () -> api.post(AGGREGATE), task -> Thread.ofPlatform().start(task));
  }

  private static Job theJob() {
    return Awaitility.await()
        .until(BatchJobApiServerIT::jobs, found -> found.size() == 1)
        .getFirst();
  }

  @Test
  void aRunIsAJobOfTheCronJob() throws Exception {
    var asked = asked();
    var job = theJob();
    var run = Objects.requireNonNull(job.getMetadata().getLabels().get("firstcome.io/batch-run"));
    long id = run("STARTED", run);

    var answer = asked.get();
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().get("jobExecutionId").asLong()).isEqualTo(id);
    assertThat(answer.json().get("status").asString()).isEqualTo("STARTED");
    assertThat(job.getMetadata().getName()).isEqualTo("firstcome-batch-" + run);
    assertThat(job.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/name", "firstcome-batch");
    assertThat(job.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> {
          assertThat(owner.getKind()).isEqualTo("CronJob");
          assertThat(owner.getName()).isEqualTo("firstcome-batch");
          assertThat(owner.getController()).isTrue();
        });
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    var pod = job.getSpec().getTemplate();
    assertThat(pod.getMetadata().getLabels()).containsEntry("firstcome.io/batch-run", run);
    var container = pod.getSpec().getContainers().getFirst();
    assertThat(container.getArgs())
        .containsExactly("--job=daily-statistics", "--date=2025-12-28", "--run-label=" + run);
    assertThat(container.getImage()).isEqualTo("firstcome/batch-job:1");
    assertThat(container.getEnv()).hasSize(1);
    assertThat(api.get("/api/admin/audit-log").body()).contains("BATCH_AGGREGATION_STARTED");
  }

  @Test
  void aRunAtWorkIsNamedAndNoJobIsMade() throws Exception {
    long id = run("STARTED", null);
    try (var _ = lock()) {
      var answer = api.post(AGGREGATE);
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.code()).isEqualTo("BATCH_RUNNING");
      assertThat(answer.json().get("jobExecutionId").asLong()).isEqualTo(id);
    }
    assertThat(jobs()).isEmpty();
  }

  @Test
  void aJobWhoseWorkAnotherHasDoneGivesTheOthersRun() throws Exception {
    run("COMPLETED", "of-somebody-else");
    var asked = asked();
    var job = theJob();
    long id = run("COMPLETED", "of-another");
    end(job, new JobStatusBuilder().withSucceeded(1).build());

    var answer = asked.get();
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().get("jobExecutionId").asLong()).isEqualTo(id);
    assertThat(answer.json().get("status").asString()).isEqualTo("COMPLETED");
  }

  @Test
  void aJobThatFailsWithoutARunSaysWhereToLook() throws Exception {
    var asked = asked();
    var job = theJob();
    end(
        job,
        new JobStatusBuilder()
            .withFailed(1)
            .withStartTime("2026-01-01T00:00:00Z")
            .addNewCondition()
            .withType("FailureTarget")
            .withStatus("True")
            .withReason("BackoffLimitExceeded")
            .withMessage("Job has reached the specified backoff limit")
            .endCondition()
            .addNewCondition()
            .withType("Failed")
            .withStatus("True")
            .withReason("BackoffLimitExceeded")
            .withMessage("Job has reached the specified backoff limit")
            .endCondition()
            .build());

    var answer = asked.get();
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.json().get("detail").asString())
        .contains(
            "failed before its run began: Job has reached the specified backoff limit",
            "kubectl logs job/" + job.getMetadata().getName() + " -n batch");
  }

  @Test
  void aJobThatDoesNotBeginInTimeSaysWhereToLook() throws Exception {
    var asked = asked();
    var job = theJob().getMetadata().getName();
    long other = run("STARTED", "of-somebody-else");
    try (var _ = lock()) {
      var answer = asked.get();
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.json().get("detail").asString())
          .contains(
              "The Job " + job + " was made, but its run has not begun in 50 s.",
              "The run " + other + " is at work, and this one waits for it.",
              "kubectl describe job " + job + " -n batch");
    }
  }

  @Test
  void withoutItsCronJobItSaysSo() {
    try (var other = cluster.startApi("firstcome.cluster.batch-cron-job=no-such")) {
      var answer = other.admin().post(AGGREGATE);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().get("detail").asString())
          .contains("There is no CronJob no-such in the namespace batch");
    }
  }

  private static DatabaseLock lock() throws Exception {
    return DatabaseLock.take(server.bean(DataSource.class), "batch.daily-statistics", Duration.ZERO)
        .orElseThrow();
  }

  private static void end(Job job, JobStatus status) {
    var _ =
        cluster
            .kubernetes
            .resource(job)
            .editStatus(it -> {
              it.setStatus(status);
              return it;
            });
  }

  /** A run for the day, as batch-job writes it. */
  private long run(String status, @Nullable String label) {
    long id = ++rows;
    database
        .sql("INSERT INTO BATCH_JOB_INSTANCE VALUES (:id, 0, 'daily-statistics', :key)")
        .param("id", id)
        .param("key", "key-" + id)
        .update();
    database
        .sql(
            "INSERT INTO BATCH_JOB_EXECUTION VALUES (:id, 1, :id, UTC_TIMESTAMP(6), NULL, NULL,"
                + " :status, :status, NULL, UTC_TIMESTAMP(6))")
        .param("id", id)
        .param("status", status)
        .update();
    var parameters = label == null ? Map.<String, String>of() : Map.of("label", label);
    parameters.forEach((name, value) -> parameter(id, name, value));
    parameter(id, "date", "2025-12-28");
    return id;
  }

  private void parameter(long run, String name, String value) {
    database
        .sql(
            "INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (:run, :name, 'java.lang.String',"
                + " :value, 'N')")
        .param("run", run)
        .param("name", name)
        .param("value", value)
        .update();
  }
}
