package io.firstcome.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.firstcome.kubernetes.Page.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of docs/kubernetes.md, on the cluster that kubectl reaches, in the page's order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesPageClusterE2E {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Duration BLOCK_MAX = Duration.ofMinutes(12);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String STATE =
      """
      kubectl get campaigns,pods,jobs,cronjobs --namespace sales --output wide
      kubectl get campaigns --namespace sales --output yaml
      kubectl get events --namespace sales --sort-by .lastTimestamp | tail -n 40
      for deployment in $(kubectl get deployments --namespace sales --output name); do
        echo "--- $deployment"
        kubectl logs --namespace sales --tail 40 "$deployment" --all-containers || true
      done
      """;

  // Only a namespace that this test has made is ever deleted by it.
  private static final String MADE = "namespace/sales created";
  private static final String MARK = "kubectl label namespace sales firstcome.io/page=run";

  /** What an earlier run has left that did not come to its end, on a cluster that stayed up. */
  private static final String CLEAN_UP =
      """
      if [ -n "$(kubectl get namespaces --selector firstcome.io/page=run --output name)" ]; then
        helm uninstall firstcome --namespace sales --no-hooks --ignore-not-found
        for campaign in $(kubectl get campaigns --namespace sales --output name); do
          kubectl patch "$campaign" --namespace sales --type merge \
            --patch '{"metadata": {"finalizers": null}}'
        done
        kubectl delete namespace sales --timeout=180s
      fi
      """;

  private Terminal terminal;
  private boolean failed;

  @BeforeAll
  void open(@TempDir Path scratch) throws IOException, InterruptedException {
    terminal = new Terminal(REPOSITORY, scratch);
    var cleaned = terminal.run(CLEAN_UP, BLOCK_MAX);
    assertThat(cleaned.exitCode()).as(cleaned.output()).isZero();
  }

  @AfterAll
  void close() {
    terminal.close();
  }

  @TestFactory
  List<DynamicTest> commands() throws IOException {
    return Page.read(REPOSITORY.resolve("docs/kubernetes.md")).blocks().stream()
        .map(block -> DynamicTest.dynamicTest(block.title(), () -> run(block)))
        .toList();
  }

  private void run(Block block) throws IOException, InterruptedException {
    assumeTrue(!failed, "a command above this one has failed");
    failed = true;
    long start = System.nanoTime();
    Terminal.Result result;
    while (true) {
      result = terminal.run(block.commands(), BLOCK_MAX);
      if (isAsShown(block, result) || System.nanoTime() - start > block.patience().toNanos()) {
        break;
      }
      Thread.sleep(PAUSE);
    }
    if (result.output().contains(MADE)) {
      terminal.run(MARK, BLOCK_MAX);
    }
    System.out.printf(
        "%n# %s (%d s)%n%s%s",
        block.section(),
        (System.nanoTime() - start) / 1_000_000_000,
        block.commands(),
        result.output());
    if (!isAsShown(block, result)) {
      System.out.println(terminal.run(STATE, BLOCK_MAX).output());
    }
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(block.shown().fits(result.output()))
        .as("%s%nmust show%n%s", result.output(), block.shown())
        .isTrue();
    failed = false;
  }

  private static boolean isAsShown(Block block, Terminal.Result result) {
    return result.exitCode() == 0 && block.shown().fits(result.output());
  }
}
