package io.firstcome.operator.crd;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the objects that a campaign has in Kubernetes are called, and how they are told apart. */
public final class CampaignObjects {
  public static final String CAMPAIGN_LABEL = "firstcome.io/campaign";
  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  public static final String MANAGED_BY = "firstcome-operator";
  public static final String NAME_LABEL = "app.kubernetes.io/name";
  public static final String CONSUMER = "firstcome-consumer";

  private CampaignObjects() {}

  /** The name of the Deployment and of its PodDisruptionBudget. */
  public static String consumerName(Campaign campaign) {
    return campaign.name() + "-consumer";
  }

  public static String cronJobName(Campaign campaign) {
    return campaign.name() + "-statistics";
  }

  /** The labels that select the consumers' pods, and no others. */
  public static Map<String, String> consumerSelector(Campaign campaign) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(NAME_LABEL, CONSUMER);
    labels.put(CAMPAIGN_LABEL, campaign.name());
    return labels;
  }

  /** Whether the object was made for this campaign, also if somebody took one mark away. */
  public static boolean isOurs(HasMetadata object, Campaign campaign) {
    var labels = Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    return (campaign.name().equals(labels.get(CAMPAIGN_LABEL))
            && MANAGED_BY.equals(labels.get(MANAGED_BY_LABEL)))
        || object.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getUid().equals(campaign.getMetadata().getUid()));
  }
}
