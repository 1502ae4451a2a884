package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiApplication;
import io.firstcome.batch.BatchApplication;
import io.firstcome.batch.run.JobRuns;
import io.firstcome.consumer.ConsumerApplication;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import io.firstcome.testing.ApiSettings;
import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The api, the consumer and the jobs together, on the servers of the tests. All tests of a JVM
 * share it.
 */
final class WholeProduct {
  private static final WholeProduct SHARED = new WholeProduct();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final ApiClient admin;
  final ApiClient anybody;
  final JdbcClient jdbc;
  final JobRuns jobs;
  final MeterRegistry meters;

  /** The filter that takes participations past Spring MVC. */
  final Filter shortWay;

  private final Database database = TestServers.get().newDatabase();

  private WholeProduct() {
    var batch = new BatchHere();
    var api =
        ApiApplication.builder()
            .initializers(batch)
            .run(ApiSettings.on(database).stream().map("--"::concat).toArray(String[]::new));
    var address =
        "http://localhost:" + api.getEnvironment().getRequiredProperty("local.server.port");
    admin = new ApiClient(address, ApiSettings.ADMIN, ApiSettings.PASSWORD);
    anybody = new ApiClient(address, null, null);
    jdbc = api.getBean(JdbcClient.class);
    meters = api.getBean(MeterRegistry.class);
    shortWay = api.getBean("shortWay", Filter.class);
    ConfigurableApplicationContext consumer =
        ConsumerApplication.builder()
            .web(WebApplicationType.NONE)
            .run(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestServers.get().bootstrapServers(),
                "--firstcome.consumer.threads=2");
    assertThat(consumer.isActive()).isTrue();
    jobs =
        BatchApplication.builder()
            .run(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestServers.get().bootstrapServers())
            .getBean(JobRuns.class);
    batch.batchStarted(jobs);
  }

  /** A session of its own on the product's database. */
  Connection connection() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  static WholeProduct get() {
    return SHARED;
  }

  /** Creates a campaign with a name that nobody else has; the rest is JSON members. */
  String campaign(int stock, String more) {
    var name = "c-" + UUID.randomUUID().toString().substring(0, 18);
    var json = "{\"name\":\"" + name + "\",\"totalStock\":" + stock + more + "}";
    var answer = admin.post("/api/admin/campaigns", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return name;
  }

  long id(String campaign) {
    return admin.get("/api/admin/campaigns/" + campaign).json().get("id").asLong();
  }

  /**
   * Everything at once, each call on a thread of its own; the answers in the order of the calls.
   */
  static List<Answer> atOnce(List<Callable<Answer>> calls) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Answer>();
      for (var future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitDecided(String campaign) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            anybody.get("/api/campaigns/" + campaign + "/status").json().get("lag").asLong(-1)
                == 0);
  }

  long count(String sql, Object... params) {
    return jdbc.sql("SELECT COUNT(*) FROM " + sql).params(params).query(Long.class).single();
  }
}
