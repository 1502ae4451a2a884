package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.standalone.LauncherFolder.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code ./firstcome cluster} and {@code ./firstcome test} say where nothing for a cluster has
 * been built. No cluster is started here, and one that runs on this machine is not seen: it belongs
 * to another cache.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(Lifecycle.PER_CLASS)
class LauncherClusterE2E {
  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  private LauncherFolder launcher;
  private Map<String, String> environment;

  @BeforeAll
  void lookAtAnEmptyCache() throws IOException {
    launcher = new LauncherFolder("launcher-cluster");
    environment =
        Map.of(
            "FIRSTCOME_CACHE",
            launcher.resolve("cache").toString(),
            "FIRSTCOME_KUBECONFIG",
            "",
            "FIRSTCOME_TEST_REQUIRE",
            "",
            "PATH",
            pathOfTheSystem().toString());
  }

  /** Neither kubectl and k6 nor kind, wherever this machine has them; what scripts are made of. */
  private Path pathOfTheSystem() throws IOException {
    var path = Files.createDirectories(launcher.resolve("path"));
    for (var folder : List.of("/bin", "/usr/bin", "/usr/sbin", "/sbin")) {
      if (!Files.isDirectory(Path.of(folder))) {
        continue;
      }
      try (var programs = Files.newDirectoryStream(Path.of(folder))) {
        for (var program : programs) {
          var name = program.getFileName().toString();
          if (!List.of("kubectl", "k6", "kind", "helm", "go").contains(name)
              && Files.notExists(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(path.resolve(name), program);
          }
        }
      }
    }
    return path;
  }

  private Ended run(String... arguments) throws Exception {
    return launcher.run(environment, arguments);
  }

  private Ended testRequiring(String names) throws Exception {
    var more = new HashMap<>(environment);
    more.put("FIRSTCOME_TEST_REQUIRE", names);
    return launcher.run(more, "test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void helps(String how) throws Exception {
    var help = run("cluster", how);
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: ./firstcome cluster COMMAND");
    assertThat(run("cluster").out()).isEqualTo(help.out());
    assertThat(run(how).out()).contains("cluster COMMAND");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    assertThat(run("cluster", "start"))
        .returns(REFUSED, Ended::code)
        .returns("", Ended::out)
        .returns(
            List.of("Unknown command cluster start, see ./firstcome cluster --help."),
            Ended::errLines);
    assertThat(run("cluster", "up", "--nodes"))
        .returns(REFUSED, Ended::code)
        .returns(
            List.of("cluster up takes no options, see ./firstcome cluster --help."),
            Ended::errLines);
  }

  @Test
  void saysThatNoClusterIsUp() throws Exception {
    assertThat(run("cluster", "status"))
        .returns(FAILED, Ended::code)
        .returns("no cluster is up\n", Ended::out);
    assertThat(run("cluster", "down"))
        .returns(0, Ended::code)
        .returns(List.of("cluster: no cluster is up"), Ended::errLines);
  }

  @Test
  void aKubeconfigThatIsNotThereIsNotReplacedByAClusterOfOurs() throws Exception {
    var more = new HashMap<>(environment);
    more.put("FIRSTCOME_KUBECONFIG", "/no/such/file");
    assertThat(launcher.run(more, "cluster", "up"))
        .returns(FAILED, Ended::code)
        .returns("", Ended::out)
        .returns(
            List.of("cluster: FIRSTCOME_KUBECONFIG: there is no file /no/such/file"),
            Ended::errLines);
  }

  @Test
  void aProgramThatIsNoneIsNotBuilt() throws Exception {
    var build = launcher.resolve("dev").resolve("cluster").resolve("build");
    assertThat(
            launcher.paste(
                "FIRSTCOME_CACHE=%s %s nonsense"
                    .formatted(environment.get("FIRSTCOME_CACHE"), build)))
        .returns(FAILED, Ended::code)
        .returns(List.of("cluster: there is no program nonsense"), Ended::errLines);
  }

  @ParameterizedTest
  @CsvSource({
    "apiserver, tests on a real API server of Kubernetes. To include them: dev/cluster/build",
    "k6, tests of the load scripts. To include them: dev/cluster/build k6",
    "'processes,k6', tests of the load scripts. To include them: dev/cluster/build k6",
  })
  void saysWhatIsLeftOutAndHowToIncludeIt(String required, String sentence) throws Exception {
    assertThat(testRequiring(required))
        .returns(FAILED, Ended::code)
        .satisfies(ended ->
            assertThat(ended.err())
                .startsWith("Required by FIRSTCOME_TEST_REQUIRE, but cannot run here: ")
                .contains(sentence));
  }

  @Test
  void aTierThatIsNoneIsRefused() throws Exception {
    assertThat(testRequiring("clusters"))
        .returns(REFUSED, Ended::code)
        .returns(
            List.of(
                "FIRSTCOME_TEST_REQUIRE: unknown name clusters, it takes all, containers,"
                    + " processes, browser, apiserver, k6, cluster."),
            Ended::errLines);
  }

  @Test
  void theClusterIsLeftOutWhereItHasTests() throws Exception {
    Files.createDirectories(launcher.resolve("kubernetes"));
    assertThat(testRequiring("cluster"))
        .returns(FAILED, Ended::code)
        .satisfies(
            ended -> assertThat(ended.err()).contains("the tutorial on a Kubernetes cluster."));
  }
}
