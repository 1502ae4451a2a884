package io.firstcome.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made in Kubernetes, as files that people can read. */
class DesiredChildrenTest {
  private static final Path EXPECTED = Path.of("src/test/resources/children");
  private static final Path MADE = Path.of("target/children");

  private final DesiredChildren children =
      new DesiredChildren(TestSettings.of(URI.create("http://api"), Set.of("sales")));

  @Test
  void deployment() throws IOException {
    check("deployment.yaml", children.deployment(PlannerTest.campaign(SPEC, null)));
  }

  @Test
  void deploymentWithTheSettingsOfTheInstallation() throws IOException {
    check("deployment-default.yaml", children.deployment(PlannerTest.campaign("{stock: 5}", null)));
  }

  @Test
  void disruptionBudget() throws IOException {
    check("disruption-budget.yaml", children.disruptionBudget(PlannerTest.campaign(SPEC, null)));
  }

  @Test
  void cronJob() throws IOException {
    check("cron-job.yaml", children.cronJob(PlannerTest.campaign(SPEC, null), "Asia/Tokyo"));
  }

  @Test
  void cronJobOfAPausedCampaign() {
    var paused = PlannerTest.campaign("{stock: 5, paused: true}", null);
    assertThat(children.cronJob(paused, "UTC").getSpec().getSuspend()).isTrue();
  }

  private static final String SPEC =
      "{stock: 5, topic: {name: christmas.v2, partitions: 4}, consumer: {replicas: 2, resources:"
          + " {requests: {cpu: 500m}, limits: {memory: 1Gi}}}, batch: {schedule: '0 3 * * *',"
          + " timeZone: Asia/Tokyo}}";

  private static void check(String file, HasMetadata made) throws IOException {
    var yaml = Serialization.asYaml(made);
    Files.createDirectories(MADE);
    Files.writeString(MADE.resolve(file), yaml);
    assertThat(yaml)
        .as("if it is meant so: cp operator/%s/%s operator/%s/", MADE, file, EXPECTED)
        .isEqualTo(Files.readString(EXPECTED.resolve(file)));
  }
}
