package io.firstcome.batch.run;

import org.springframework.batch.core.job.Job;

/**
 * A job that can be asked for by its name. Every bean of this type can.
 *
 * @param job computes the same again when it is started again: a restart does not go on where the
 *     last execution ended
 * @param perDay whether it takes a date, which is then yesterday by default
 * @param perCampaign whether it can be limited to one campaign
 */
public record BatchJob(Job job, boolean perDay, boolean perCampaign) {
  public String name() {
    return job.getName();
  }
}
