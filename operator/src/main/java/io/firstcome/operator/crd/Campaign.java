package io.firstcome.operator.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A campaign that somebody wants, and how far it is. */
@Group(Campaign.GROUP)
@Version("v1")
@ShortNames("cpn")
public class Campaign extends CustomResource<CampaignSpec, CampaignStatus> implements Namespaced {
  public static final String GROUP = "firstcome.io";

  /** There only while the topic is to be deleted with the resource. */
  public static final String FINALIZER = GROUP + "/topic";

  /** With the value {@code "true"} a deletion no longer waits for Kafka and the api. */
  public static final String FORCE_DELETE = GROUP + "/force-delete";

  @Override
  @JsonProperty("spec")
  @JsonDeserialize(using = Lenient.Spec.class)
  public void setSpec(CampaignSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonProperty("status")
  @JsonDeserialize(using = Lenient.Status.class)
  public void setStatus(@Nullable CampaignStatus status) {
    super.setStatus(status);
  }

  /** As in {@code sales/christmas}. */
  public String path() {
    return getMetadata().getNamespace() + "/" + getMetadata().getName();
  }

  /** The name of the campaign everywhere. */
  public String name() {
    return getMetadata().getName();
  }
}
