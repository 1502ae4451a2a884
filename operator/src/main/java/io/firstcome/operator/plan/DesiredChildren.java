package io.firstcome.operator.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.firstcome.operator.crd.Campaign;
import io.firstcome.operator.crd.CampaignObjects;
import io.firstcome.operator.crd.CampaignSpec;
import io.firstcome.operator.settings.OperatorSettings;
import io.firstcome.operator.settings.OperatorSettings.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a campaign has in Kubernetes. Everything is written as the API server writes it
 * and nothing that it would leave out, because what reads differently is applied again each pass.
 */
public final class DesiredChildren {
  private static final String BATCH = "firstcome-batch";
  private static final String CHECKSUM = "firstcome.io/config-checksum";
  private static final long USER = 10001;

  private final OperatorSettings settings;

  DesiredChildren(OperatorSettings settings) {
    this.settings = settings;
  }

  Deployment deployment(Campaign campaign) {
    var spec = campaign.getSpec().ownConsumer();
    // One more while pods are replaced, so that no partition waits for a new consumer to start.
    return new DeploymentBuilder()
        .withMetadata(
            metadata(campaign, CampaignObjects.consumerName(campaign), CampaignObjects.CONSUMER))
        .withNewSpec()
        .withReplicas(spec.replicas())
        .withSelector(selector(campaign))
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable(0)
        .withNewMaxSurge(1)
        .endRollingUpdate()
        .endStrategy()
        .withProgressDeadlineSeconds(300)
        .withRevisionHistoryLimit(3)
        .withNewTemplate()
        .withMetadata(
            podMetadata(campaign, CampaignObjects.CONSUMER, settings.pods().configChecksum()))
        .withSpec(consumerPod(campaign))
        .endTemplate()
        .endSpec()
        .build();
  }

  PodDisruptionBudget disruptionBudget(Campaign campaign) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(
            metadata(campaign, CampaignObjects.consumerName(campaign), CampaignObjects.CONSUMER))
        .withNewSpec()
        .withNewMaxUnavailable(1)
        .withSelector(selector(campaign))
        .endSpec()
        .build();
  }

  /** With a clock of this zone. */
  CronJob cronJob(Campaign campaign, String zone) {
    var spec = campaign.getSpec();
    return new CronJobBuilder()
        .withMetadata(metadata(campaign, CampaignObjects.cronJobName(campaign), BATCH))
        .withNewSpec()
        .withSchedule(spec.batch().schedule())
        .withTimeZone(zone)
        .withConcurrencyPolicy("Forbid")
        .withStartingDeadlineSeconds(3600L)
        .withSuspend(spec.batch().suspend() || spec.paused())
        .withSuccessfulJobsHistoryLimit(3)
        .withFailedJobsHistoryLimit(3)
        .withNewJobTemplate()
        .withMetadata(podMetadata(campaign, BATCH, null))
        .withNewSpec()
        .withBackoffLimit(3)
        // A run waits up to an hour for another one to end.
        .withActiveDeadlineSeconds(7200L)
        .withTtlSecondsAfterFinished(604800)
        .withNewTemplate()
        .withMetadata(podMetadata(campaign, BATCH, null))
        .withSpec(batchPod(campaign))
        .endTemplate()
        .endSpec()
        .endJobTemplate()
        .endSpec()
        .build();
  }

  private PodSpec consumerPod(Campaign campaign) {
    var container =
        container("consumer", settings.consumer())
            .addNewEnv()
            .withName("FIRSTCOME_CONSUMER_TOPIC")
            .withValue(campaign.getSpec().topicName(campaign.name()))
            .endEnv()
            .addNewPort()
            .withName("management")
            .withContainerPort(9091)
            .withProtocol("TCP")
            .endPort()
            .withStartupProbe(probe("liveness", 2, 60))
            .withLivenessProbe(probe("liveness", 10, 6))
            .withReadinessProbe(probe("readiness", 5, 3))
            .withResources(consumerResources(campaign.getSpec().ownConsumer()))
            .build();
    return pod(container)
        // A batch that is under way is decided or given up within 20 s.
        .withTerminationGracePeriodSeconds(30L)
        .addNewTopologySpreadConstraint()
        .withMaxSkew(1)
        .withTopologyKey("kubernetes.io/hostname")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withLabelSelector(selector(campaign))
        .endTopologySpreadConstraint()
        .build();
  }

  private PodSpec batchPod(Campaign campaign) {
    var container =
        container("batch-job", settings.batch())
            .withArgs("--job=daily-statistics", "--campaign=" + campaign.name())
            .withResources(resources(settings.batch().resources()))
            .build();
    return pod(container).withRestartPolicy("Never").build();
  }

  private PodSpecBuilder pod(Container container) {
    var pods = settings.pods();
    return new PodSpecBuilder()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withImagePullSecrets(
            pods.imagePullSecrets().stream().map(LocalObjectReference::new).toList())
        .withNodeSelector(orNull(pods.nodeSelector()))
        .withTolerations(pods.tolerations().stream().map(DesiredChildren::toleration).toList())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container)
        .addNewVolume()
        .withName("tmp")
        .withEmptyDir(new EmptyDirVolumeSource(null, new Quantity("256Mi")))
        .endVolume();
  }

  private ContainerBuilder container(String name, Workload workload) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(workload.image())
        .withImagePullPolicy(settings.pods().imagePullPolicy())
        .withEnvFrom(environment())
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .addNewVolumeMount()
        .withName("tmp")
        .withMountPath("/tmp")
        .endVolumeMount();
  }

  private List<EnvFromSource> environment() {
    var sources = new ArrayList<EnvFromSource>();
    settings.pods().configMaps().stream()
        .map(name ->
            new EnvFromSourceBuilder().withNewConfigMapRef().withName(name).endConfigMapRef())
        .forEach(source -> sources.add(source.build()));
    settings.pods().secrets().stream()
        .map(name -> new EnvFromSourceBuilder().withNewSecretRef().withName(name).endSecretRef())
        .forEach(source -> sources.add(source.build()));
    return sources;
  }

  private static Probe probe(String group, int seconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/actuator/health/" + group)
        .withNewPort("management")
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(seconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failures)
        .build();
  }

  private ResourceRequirements consumerResources(CampaignSpec.Consumer consumer) {
    var chosen = consumer.resources();
    return chosen == null
        ? resources(settings.consumer().resources())
        : resources(chosen.requests(), chosen.limits());
  }

  private static ResourceRequirements resources(OperatorSettings.Resources resources) {
    return resources(resources.requests(), resources.limits());
  }

  private static ResourceRequirements resources(
      Map<String, String> requests, Map<String, String> limits) {
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(requests))
        .withLimits(quantities(limits))
        .build();
  }

  private static @Nullable Map<String, Quantity> quantities(Map<String, String> texts) {
    var quantities = new HashMap<String, Quantity>();
    texts.forEach((name, text) -> quantities.put(name, new Quantity(text)));
    return orNull(quantities);
  }

  private static Toleration toleration(OperatorSettings.Toleration toleration) {
    return new TolerationBuilder()
        .withKey(toleration.key())
        .withOperator(toleration.operator())
        .withValue(toleration.value())
        .withEffect(toleration.effect())
        .withTolerationSeconds(toleration.tolerationSeconds())
        .build();
  }

  private static LabelSelector selector(Campaign campaign) {
    return new LabelSelectorBuilder()
        .withMatchLabels(CampaignObjects.consumerSelector(campaign))
        .build();
  }

  private static ObjectMeta metadata(Campaign campaign, String name, String application) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(campaign.getMetadata().getNamespace())
        .withLabels(labels(campaign, application))
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(campaign.getApiVersion())
                .withKind(campaign.getKind())
                .withName(campaign.name())
                .withUid(Objects.requireNonNull(campaign.getMetadata().getUid()))
                .withController(true)
                .build())
        .build();
  }

  private ObjectMeta podMetadata(
      Campaign campaign, String application, @Nullable String configChecksum) {
    var labels = new LinkedHashMap<>(settings.pods().labels());
    labels.putAll(labels(campaign, application));
    var annotations = new LinkedHashMap<>(settings.pods().annotations());
    if (configChecksum != null) {
      annotations.put(CHECKSUM, configChecksum);
    }
    return new ObjectMetaBuilder().withLabels(labels).withAnnotations(orNull(annotations)).build();
  }

  private static Map<String, String> labels(Campaign campaign, String application) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(CampaignObjects.NAME_LABEL, application);
    labels.put("app.kubernetes.io/instance", campaign.name());
    labels.put(CampaignObjects.MANAGED_BY_LABEL, CampaignObjects.MANAGED_BY);
    labels.put(CampaignObjects.CAMPAIGN_LABEL, campaign.name());
    return labels;
  }

  private static <V> @Nullable Map<String, V> orNull(Map<String, V> map) {
    return map.isEmpty() ? null : map;
  }
}
