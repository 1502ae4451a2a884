package io.firstcome.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.operator.settings.OperatorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/** The operator reads what the chart writes: each key, and nothing that it does not know. */
class OperatorSettingsTest {

  @Test
  void areUnderstoodWithoutRest() throws IOException {
    var settings =
        read(
            """
            images: {pullSecrets: [registry]}
            operator: {replicas: 2, watchNamespaces: [games], topicRetention: 12h}
            consumer: {resources: {limits: {memory: 1Gi, nvidia.com/gpu: 1}}}
            workers:
              podAnnotations: {prometheus.io/scrape: "true"}
              podLabels: {team: Shop}
              nodeSelector: {node.kubernetes.io/arch: arm64}
              tolerations: [{key: sale, operator: Exists, effect: NoExecute, tolerationSeconds: 9}]
            """);
    assertThat(settings.api()).isEqualTo(URI.create("http://firstcome-api:8080"));
    assertThat(settings.namespaces()).containsExactlyInAnyOrder("sales", "games");
    assertThat(settings.lease()).isEqualTo("firstcome-operator");
    assertThat(settings.topicRetention()).isEqualTo(Duration.ofHours(12));
    assertThat(settings.consumer().resources().limits())
        .isEqualTo(Map.of("memory", "1Gi", "nvidia.com/gpu", "1"));
    assertThat(settings.consumer().image())
        .isEqualTo("firstcome/consumer:" + System.getProperty("project.version"));
    var pods = settings.pods();
    assertThat(pods.imagePullSecrets()).containsExactly("registry");
    assertThat(pods.configMaps()).containsExactly("firstcome-servers");
    assertThat(pods.secrets()).containsExactly("firstcome-database");
    assertThat(pods.configChecksum()).hasSize(64);
    assertThat(pods.labels()).isEqualTo(Map.of("team", "Shop"));
    assertThat(pods.annotations()).isEqualTo(Map.of("prometheus.io/scrape", "true"));
    assertThat(pods.nodeSelector()).isEqualTo(Map.of("node.kubernetes.io/arch", "arm64"));
    assertThat(pods.tolerations())
        .isEqualTo(
            List.of(new OperatorSettings.Toleration("sale", "Exists", null, "NoExecute", 9L)));
  }

  @Test
  void areUnderstoodAsTheChartHasThem() throws IOException {
    var settings = read("{}");
    assertThat(settings.lease())
        .as("a second one may come any time")
        .isEqualTo("firstcome-operator");
    assertThat(settings.pods().labels()).isEmpty();
    assertThat(settings.pods().tolerations()).isEmpty();
    assertThat(settings.batch().resources().limits()).isEqualTo(Map.of("memory", "512Mi"));
  }

  private static OperatorSettings read(String values) throws IOException {
    var file =
        Chart.bundled(values)
            .get("ConfigMap", "firstcome-operator")
            .at("/data")
            .get("firstcome-operator.yml")
            .asString();
    var sources = new MutablePropertySources();
    new YamlPropertySourceLoader()
        .load("file", new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)))
        .forEach(sources::addLast);
    return new Binder(ConfigurationPropertySources.from(sources))
        .bind(
            "firstcome.operator",
            Bindable.of(OperatorSettings.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
        .get();
  }
}
