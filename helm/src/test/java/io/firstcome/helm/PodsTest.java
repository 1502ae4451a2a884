package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod of the chart, whatever it does. */
class PodsTest {
  private static final Set<String> SERVERS = Set.of("Deployment", "StatefulSet");
  private static final Set<String> TALK_TO_THE_API_SERVER =
      Set.of("firstcome-api", "firstcome-operator", "firstcome-uninstall");

  static List<Rendered.Pod> pods() {
    var pods = new ArrayList<Rendered.Pod>();
    pods.addAll(Chart.bundled("lanes: {coupons: {partitions: 8, replicas: 2}}").pods());
    pods.addAll(Chart.external("lanes: {coupons: {partitions: 8}}").pods());
    return pods;
  }

  @ParameterizedTest
  @MethodSource("pods")
  void keepsTheRestrictedStandard(Rendered.Pod pod) {
    var context = pod.spec().at("/securityContext");
    assertThat(context.at("/runAsNonRoot").asBoolean()).isTrue();
    assertThat(context.at("/runAsUser").asInt()).isPositive();
    assertThat(context.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
    for (var forbidden : List.of("hostNetwork", "hostPID", "hostIPC", "initContainers")) {
      assertThat(pod.spec().has(forbidden)).as(forbidden).isFalse();
    }
    assertThat(pod.spec().at("/containers")).hasSize(1);
    var container = pod.container();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/capabilities/drop/0").asString()).isEqualTo("ALL");
    assertThat(container.at("/securityContext/capabilities/add").isMissingNode()).isTrue();
    assertThat(pod.spec().at("/volumes"))
        .allSatisfy(
            volume -> assertThat(volume.has("emptyDir") || volume.has("configMap")).isTrue());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void writesOnlyIntoItsMounts(Rendered.Pod pod) {
    var container = pod.container();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/volumeMounts"))
        .anySatisfy(mount -> assertThat(mount.at("/mountPath").asString()).isEqualTo("/tmp"));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void hasLimits(Rendered.Pod pod) {
    var resources = pod.container().at("/resources");
    assertThat(resources.at("/requests/cpu").isMissingNode()).isFalse();
    assertThat(resources.at("/requests/memory").isMissingNode()).isFalse();
    assertThat(resources.at("/limits/memory").isMissingNode()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void seesNoTokenThatItDoesNotNeed(Rendered.Pod pod) {
    assertThat(pod.spec().at("/automountServiceAccountToken").asBoolean(true))
        .isEqualTo(TALK_TO_THE_API_SERVER.contains(pod.name()));
    assertThat(pod.spec().at("/enableServiceLinks").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void isWatchedWhileItServes(Rendered.Pod pod) {
    var probes = List.of("startupProbe", "readinessProbe", "livenessProbe");
    for (var probe : probes) {
      assertThat(pod.container().has(probe)).as(probe).isEqualTo(SERVERS.contains(pod.kind()));
    }
    var startup = pod.container().at("/startupProbe");
    assertThat(startup.at("/periodSeconds").asInt() * startup.at("/failureThreshold").asInt())
        .as("seconds for the start")
        .isIn(SERVERS.contains(pod.kind()) ? List.of(180, 300) : List.of(0));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void isRestartedByNoReleaseOfTheChartAlone(Rendered.Pod pod) {
    if (SERVERS.contains(pod.kind())) {
      assertThat(pod.template().at("/metadata/labels").propertyNames())
          .doesNotContain("helm.sh/chart", "app.kubernetes.io/version");
    }
  }
}
