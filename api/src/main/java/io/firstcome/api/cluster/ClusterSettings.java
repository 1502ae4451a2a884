package io.firstcome.api.cluster;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The cluster that this api runs in.
 *
 * @param namespace where campaigns are made as Campaign resources, and Jobs for runs that are
 *     started by hand; without one this api provides campaigns itself and knows of no cluster
 * @param batchCronJob the CronJob in that namespace of which such Jobs are made; without one no run
 *     can be started by hand
 */
@ConfigurationProperties("firstcome.cluster")
record ClusterSettings(@Nullable String namespace, @Nullable String batchCronJob) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Jobs have the name of the CronJob and a random end. */
  private static final Pattern CRON_JOB = Pattern.compile("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?");

  ClusterSettings {
    if (namespace != null && !LABEL.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "firstcome.cluster.namespace must be the name of a namespace, was " + namespace);
    }
    if (batchCronJob != null && !CRON_JOB.matcher(batchCronJob).matches()) {
      throw new IllegalArgumentException(
          "firstcome.cluster.batch-cron-job must be the name of a CronJob, was " + batchCronJob);
    }
  }
}
