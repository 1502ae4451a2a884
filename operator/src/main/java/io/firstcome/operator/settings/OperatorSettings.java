package io.firstcome.operator.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator works on and what it makes. In keys of maps that contain other characters than
 * letters, digits and dashes are written in brackets, as in {@code "[prometheus.io/scrape]"}.
 *
 * @param api where the api is reached from here
 * @param token what the api knows this operator by; best as an environment variable from a secret
 * @param namespaces where Campaign resources are looked after
 * @param lease name of the Lease that only one operator at a time holds; absent, nobody else may
 *     run
 * @param topicRetention how long topics keep requests whose resource does not say
 * @param consumer the pods that decide
 * @param batch the pods that make statistics
 * @param pods what holds for both
 */
@ConfigurationProperties("firstcome.operator")
public record OperatorSettings(
    @DefaultValue("http://localhost:8080") URI api,
    @Nullable String token,
    @DefaultValue("default") Set<String> namespaces,
    @Nullable String lease,
    @DefaultValue("7d") Duration topicRetention,
    @DefaultValue Workload consumer,
    @DefaultValue Workload batch,
    @DefaultValue Pods pods) {

  public OperatorSettings {
    if (namespaces.isEmpty()) {
      throw new IllegalArgumentException("firstcome.operator.namespaces must name a namespace");
    }
    if (topicRetention.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "firstcome.operator.topic-retention must be at least 1h, was " + topicRetention);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "OperatorSettings[api=%s, namespaces=%s, lease=%s]".formatted(api, namespaces, lease);
  }

  /**
   * One kind of pods.
   *
   * @param image what runs
   * @param resources what each asks for and may use
   */
  public record Workload(@Nullable String image, @DefaultValue Resources resources) {}

  /**
   * As Kubernetes writes quantities.
   *
   * @param requests what is set aside for each, as in cpu: 250m
   * @param limits what each may use at most
   */
  public record Resources(
      @DefaultValue Map<String, String> requests, @DefaultValue Map<String, String> limits) {}

  /**
   * All pods.
   *
   * @param imagePullPolicy as in Kubernetes
   * @param imagePullSecrets names of secrets
   * @param configMaps names of those whose entries become environment variables
   * @param secrets names of those whose entries become environment variables
   * @param configChecksum a text that changes with the content of those; a change rolls the
   *     consumers
   * @param labels more labels
   * @param annotations more annotations
   * @param nodeSelector labels that a node must have
   * @param tolerations taints that are tolerated
   */
  public record Pods(
      @DefaultValue("IfNotPresent") String imagePullPolicy,
      @DefaultValue List<String> imagePullSecrets,
      @DefaultValue List<String> configMaps,
      @DefaultValue List<String> secrets,
      @Nullable String configChecksum,
      @DefaultValue Map<String, String> labels,
      @DefaultValue Map<String, String> annotations,
      @DefaultValue Map<String, String> nodeSelector,
      @DefaultValue List<Toleration> tolerations) {}

  /**
   * A taint that is tolerated, as in Kubernetes.
   *
   * @param key of the taint, or null for every one
   * @param operator Exists or Equal
   * @param value of the taint
   * @param effect of the taint, or null for every one
   * @param tolerationSeconds how long NoExecute is tolerated
   */
  public record Toleration(
      @Nullable String key,
      @Nullable String operator,
      @Nullable String value,
      @Nullable String effect,
      @Nullable Long tolerationSeconds) {}
}
