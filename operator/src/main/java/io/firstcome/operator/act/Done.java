package io.firstcome.operator.act;

import io.firstcome.operator.registration.ApiAnswer;
import io.firstcome.operator.topic.TopicAnswer;
import io.firstcome.operator.verdict.Part;
import io.firstcome.operator.verdict.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a plan.
 *
 * @param topic null if there was nothing to do
 * @param registration null if there was nothing to do
 * @param children what Kubernetes refused, by part
 */
public record Done(
    @Nullable TopicAnswer topic, @Nullable ApiAnswer registration, Map<Part, Verdict> children) {}
