package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.testing.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart on a real API server: what it accepts, and what upgrades and a second life change. */
class ChartApiServerIT {
  // The definition of Campaign is cluster-wide and belongs to one release, that of one test.
  private static final String[] BUNDLED = {
    "--set", "kafka.mode=bundled,mysql.mode=bundled,crds.install=false"
  };
  private static final Path PROGRAMS = Path.of(System.getenv("FIRSTCOME_KUBE_BIN"));

  private String namespace = "";

  @BeforeEach
  void restrictedNamespace(TestInfo test) {
    namespace = "chart-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    kubectl("create", "namespace", namespace);
    kubectl(
        "label",
        "namespace",
        namespace,
        "pod-security.kubernetes.io/enforce=restricted",
        "pod-security.kubernetes.io/warn=restricted");
  }

  @Test
  void acceptsAllOfItWithoutComplaint() throws IOException {
    var values = Files.createTempFile("values", ".yaml");
    Files.writeString(
        values,
        """
        lanes: {coupons: {partitions: 8, replicas: 2}}
        api: {autoscaling: {enabled: true}}
        operator: {replicas: 2}
        ingress: {enabled: true, hosts: [sale.example.com]}
        networkPolicy: {enabled: true, metricsFrom: [{namespaceSelector: {}}]}
        monitoring: {dashboard: {enabled: true}}
        """);
    var said = helm("install", BUNDLED, "--values", values.toString());
    assertThat(said).contains("STATUS: deployed").doesNotContain("Warning:", "would violate");
    assertThat(said).contains("NOT FOR PRODUCTION: Kafka and MySQL are bundled");
    // The hooks' pods are only made later; a dry run shows them to the API server all the same.
    var hooks = Files.createTempFile("hooks", ".yaml");
    Files.writeString(hooks, helm("get", new String[] {"hooks"}));
    assertThat(kubectl("apply", "--dry-run=server", "--filename", hooks.toString()))
        .contains("pod/firstcome-test created", "job.batch/firstcome-uninstall created")
        .doesNotContain("Warning:", "would violate");
  }

  @Test
  void upgradesTouchNothingThatIsTheSame() {
    helm("install", BUNDLED);
    var before = state();
    assertThat(before)
        .containsKey("Secret/firstcome-admin")
        .containsKey("StatefulSet/firstcome-mysql");
    helm("upgrade", BUNDLED);
    assertThat(state()).isEqualTo(before);
    helm("upgrade", new String[] {"--reuse-values"});
    assertThat(state()).isEqualTo(before);
    helm("upgrade", new String[] {"--reuse-values", "--set", "api.resources.requests.cpu=60m"});
    var after = state();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.entrySet().removeAll(before.entrySet());
    assertThat(after.keySet()).containsExactly("Deployment/firstcome-api");
  }

  @Test
  void keysThatWereAddedByHandStay() {
    helm("install", BUNDLED);
    kubectl(
        "patch",
        "secret",
        "firstcome-request-ids",
        "--type=merge",
        "--patch={\"stringData\":{\"FIRSTCOME_REQUESTID_KEYS_2\":\"second\"}}");
    var before = secret("firstcome-request-ids");
    assertThat(before.propertyNames()).hasSize(2);
    helm("upgrade", BUNDLED);
    helm("upgrade", BUNDLED);
    assertThat(secret("firstcome-request-ids")).isEqualTo(before);
  }

  @Test
  void aNewPasswordIsTakenFromTheSecret() {
    helm("install", BUNDLED);
    var before = secret("firstcome-admin");
    // c2hvcA== is shop.
    kubectl(
        "patch",
        "secret",
        "firstcome-admin",
        "--type=merge",
        "--patch={\"data\":{\"password\":\"c2hvcA==\",\"password-hash\":null}}");
    helm("upgrade", BUNDLED);
    var after = secret("firstcome-admin");
    assertThat(after.at("/password").asString()).isEqualTo("c2hvcA==");
    assertThat(after.at("/password-hash").asString())
        .isNotEmpty()
        .isNotEqualTo(before.at("/password-hash").asString());
  }

  @Test
  void aSecondLifeOpensWhatTheFirstOneLeft() {
    helm("install", BUNDLED, "--set", "crds.install=true");
    var database = secret("firstcome-database");
    var root = secret("firstcome-mysql");
    var requestIds = secret("firstcome-request-ids");
    // Nobody runs the Job of the hook here.
    helm("uninstall", new String[] {"--no-hooks"});
    assertThat(items("secrets").keySet())
        .containsExactly(
            "Secret/firstcome-database", "Secret/firstcome-mysql", "Secret/firstcome-request-ids");
    assertThat(kubectl("get", "crd", "campaigns.firstcome.io", "--output=name"))
        .contains("campaigns.firstcome.io");
    helm("install", BUNDLED, "--set", "crds.install=true");
    assertThat(secret("firstcome-database")).isEqualTo(database);
    assertThat(secret("firstcome-mysql")).isEqualTo(root);
    assertThat(secret("firstcome-request-ids")).isEqualTo(requestIds);
  }

  @Test
  void theOperatorCanBecomeTwoAndOneAgain() {
    helm("install", BUNDLED);
    helm("upgrade", BUNDLED, "--set", "operator.replicas=2");
    assertThat(operatorStrategy()).isEqualTo("RollingUpdate");
    helm("upgrade", BUNDLED, "--set", "operator.replicas=1");
    assertThat(operatorStrategy()).isEqualTo("Recreate");
  }

  @Test
  void accountsMayDoWhatTheyMustAndNoMore() {
    helm("install", BUNDLED);
    for (var right :
        List.of(
            "firstcome-operator patch campaigns.firstcome.io/status yes",
            "firstcome-operator create deployments.apps yes",
            "firstcome-operator get secrets no",
            "firstcome-operator create pods no",
            "firstcome-operator create jobs.batch no",
            "firstcome-operator update leases.coordination.k8s.io yes",
            "firstcome-api create campaigns.firstcome.io yes",
            "firstcome-api create jobs.batch yes",
            "firstcome-api get cronjobs.batch/firstcome-batch yes",
            "firstcome-api get cronjobs.batch/firstcome-retention no",
            "firstcome-api list campaigns.firstcome.io no",
            "firstcome-api get secrets no",
            "default get campaigns.firstcome.io no")) {
      var words = right.split(" ", -1);
      assertThat(may(words[0], words[1], words[2])).as(right).isEqualTo(words[3]);
    }
  }

  @Test
  void monitorsAreMadeWhereTheClusterKnowsThem() throws IOException {
    var wanted = "monitoring.serviceMonitor.enabled=true,monitoring.podMonitor.enabled=true";
    assertThat(helm("install", BUNDLED, "--set", wanted))
        .contains("No monitors or rules were made");
    for (var kind : List.of("ServiceMonitor", "PodMonitor")) {
      define(kind);
    }
    assertThat(helm("upgrade", BUNDLED, "--set", wanted)).doesNotContain("No monitors");
    assertThat(items("servicemonitors").keySet())
        .containsExactly("ServiceMonitor/firstcome-api", "ServiceMonitor/firstcome-operator");
    assertThat(items("podmonitors").keySet())
        .containsExactly("PodMonitor/firstcome-consumers", "PodMonitor/firstcome-lanes");
  }

  private String operatorStrategy() {
    var operator = items("deployments").get("Deployment/firstcome-operator");
    return operator.at("/spec/strategy/type").asString();
  }

  /** A kind of the Prometheus operator, as far as it matters here. */
  private void define(String kind) throws IOException {
    var plural = kind.toLowerCase(Locale.ROOT) + "s";
    var file = Files.createTempFile("crd", ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %1$s.monitoring.coreos.com}
        spec:
          group: monitoring.coreos.com
          scope: Namespaced
          names: {kind: %2$s, plural: %1$s}
          versions:
            - name: v1
              served: true
              storage: true
              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """
            .formatted(plural, kind));
    kubectl("apply", "--filename", file.toString());
    kubectl("wait", "--for=condition=Established", "crd/" + plural + ".monitoring.coreos.com");
  }

  /** What an upgrade must not touch: the generation of what has one, the content of the rest. */
  private Map<String, String> state() {
    var state = new TreeMap<String, String>();
    for (var kind : List.of("deployments", "statefulsets", "cronjobs", "services")) {
      items(kind).forEach((name, object) -> state.put(name, object.at("/spec").toString()));
    }
    for (var kind : List.of("secrets", "configmaps")) {
      items(kind).forEach((name, object) -> state.put(name, object.at("/data").toString()));
    }
    return state;
  }

  /** By kind and name, without Helm's own. */
  private Map<String, JsonNode> items(String kind) {
    var items = new TreeMap<String, JsonNode>();
    for (var item : new JsonMapper().readTree(kubectl("get", kind, "--output=json")).at("/items")) {
      var name = item.at("/metadata/name").asString();
      if (name.startsWith("firstcome")) {
        items.put(item.at("/kind").asString() + "/" + name, item);
      }
    }
    return items;
  }

  private JsonNode secret(String name) {
    return items("secrets").get("Secret/" + name).at("/data");
  }

  private String may(String account, String verb, String resource) {
    var user = "system:serviceaccount:%s:%s".formatted(namespace, account);
    var parts = resource.split("/", -1);
    var asked = new ArrayList<>(List.of("auth", "can-i", verb, parts[0], "--as=" + user));
    if (parts.length == 2 && parts[1].equals("status")) {
      asked.add("--subresource=status");
    } else if (parts.length == 2) {
      asked.set(3, resource);
    }
    return run(false, "kubectl", asked.toArray(String[]::new)).strip();
  }

  private String helm(String command, String[] options, String... more) {
    var arguments = new ArrayList<>(List.of(command));
    if (command.equals("get")) {
      arguments.add(options[0]);
    } else {
      arguments.addAll(List.of(options));
    }
    arguments.add("firstcome");
    if (List.of("install", "upgrade").contains(command)) {
      arguments.add(Chart.FOLDER.toAbsolutePath().toString());
    }
    arguments.addAll(List.of(more));
    return run(true, "helm", arguments.toArray(String[]::new));
  }

  private String kubectl(String... arguments) {
    return run(true, "kubectl", arguments);
  }

  private String run(boolean mustSucceed, String program, String... arguments) {
    var command = new ArrayList<>(List.of(PROGRAMS.resolve(program).toString()));
    command.addAll(List.of(arguments));
    command.add("--namespace=" + namespace);
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("KUBECONFIG", KubeApiServer.get().kubeconfig().toString());
      var process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (mustSucceed) {
        assertThat(code).as("%s%n%s", command, said).isZero();
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
