package io.firstcome.batch.run;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be run.
 *
 * @param job its name
 * @param date the business day, or null for yesterday in {@code firstcome.time-zone}; jobs that are
 *     not for a day take none
 * @param campaign the name of the only campaign to look at, or null for all
 * @param label kept with the run, so that whoever started it from afar finds it; null for none. It
 *     makes no other run of it
 */
public record JobRequest(
    String job, @Nullable LocalDate date, @Nullable String campaign, @Nullable String label) {

  public JobRequest(String job, @Nullable LocalDate date, @Nullable String campaign) {
    this(job, date, campaign, null);
  }
}
