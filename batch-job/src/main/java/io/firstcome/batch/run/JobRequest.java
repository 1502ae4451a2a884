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
 */
public record JobRequest(String job, @Nullable LocalDate date, @Nullable String campaign) {}
