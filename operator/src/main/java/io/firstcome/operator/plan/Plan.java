package io.firstcome.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.firstcome.operator.crd.CampaignStatus;
import io.firstcome.operator.registration.WantedRegistration;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, and what is true if doing it changes nothing.
 *
 * @param topic the next change of the topic
 * @param knownTopic the topic that is known to be this campaign's, as it is before that change, or
 *     null
 * @param registration what the api is to be told, or null if it has it already or must not be told
 * @param children the objects as they shall be in Kubernetes
 */
public record Plan(
    TopicStep topic,
    CampaignStatus.@Nullable Topic knownTopic,
    @Nullable WantedRegistration registration,
    List<HasMetadata> children,
    Map<Part, Verdict> verdicts) {}
