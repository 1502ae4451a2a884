package io.firstcome.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.status.Pace;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of an exception. */
class CampaignReconcilerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CampaignReconciler reconciler =
      new CampaignReconciler(
          new CampaignReconciler.Phases(null, null, null, null, null),
          new CampaignReconciler.Memory(new Refusals(Map.of()), new CampaignGauge(registry)),
          null,
          Pace.DEFAULT,
          Clock.systemUTC());

  @Test
  void anExceptionAboutOneThatIsGoneIsToldNowhere() {
    var control =
        reconciler.updateErrorStatus(campaign(), gone(), new IllegalStateException("api"));
    assertThat(control.isDefaultErrorProcessing()).as("tried again").isTrue();
    assertThat(control.getResource()).isEmpty();
    assertThat(registry.find("firstcome.campaigns").gauges())
        .extracting(Gauge::value)
        .containsExactly(0.0, 0.0, 0.0);
  }

  private static Campaign campaign() {
    var campaign = new Campaign();
    campaign.setMetadata(
        new ObjectMetaBuilder()
            .withName("christmas")
            .withNamespace("sales")
            .withUid("7e57")
            .withGeneration(4L)
            .build());
    return campaign;
  }

  @SuppressWarnings("unchecked")
  private static Context<Campaign> gone() {
    return (Context<Campaign>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo("isPrimaryResourceDeleted");
              return true;
            });
  }
}
